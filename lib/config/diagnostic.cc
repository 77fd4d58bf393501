#include "config/diagnostic.h"
