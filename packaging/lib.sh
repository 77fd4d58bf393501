# Shared by try.sh, test.sh and .ci/run: what to install on which system, and how to say things.
# shellcheck shell=bash
# Sourced by bash 3.2 or newer, from the root of the checkout. Needs nothing but the system's package manager.

set -euo pipefail

say() { printf '\n==> %s\n' "$*"; }
die() { printf '\n%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# One line a package:  purpose | Debian and Ubuntu | Fedora | why.  "-" means that the system has it under another name.
# Purposes: build (compile the programs), test (compile and run the tests), lint (format and clang-tidy), bench.
packages='
build | g++                    | gcc-c++         | the compiler, C++23: g++ 12 or newer
build | cmake                  | cmake           | makes the build, 3.25 or newer
build | ninja-build            | ninja-build     | runs the build
build | pkg-config             | pkgconf-pkg-config | finds yaml-cpp and simdjson
build | libboost-dev           | boost-devel     | Beast parses HTTP/1.1; headers only, 1.81 or newer
build | libcurl4-openssl-dev   | libcurl-devel   | fetches configurations, speaks to HTTP proxies
build | libssl-dev             | openssl-devel   | TLS, SHA-256, signing for Google
build | libyaml-cpp-dev        | yaml-cpp-devel  | reads the configuration
build | nlohmann-json3-dev     | json-devel      | JSON that is changed
build | libsimdjson-dev        | simdjson-devel  | JSON that is only looked at
build | libcli11-dev           | cli11-devel     | command lines
build | zlib1g-dev             | zlib-devel      | gzip request bodies
build | ccache                 | ccache          | a second build takes seconds
build | mold                   | mold            | links twice as fast as the default linker
build | ca-certificates        | ca-certificates | whom TLS may trust
test  | doctest-dev            | doctest-devel   | the test framework
test  | python3                | python3         | layers.py and the acceptance tests
test  | openssl                | openssl         | makes certificates for the TLS tests
test  | curl                   | curl            | the client everybody has
test  | -                      | libasan         | address sanitizer
test  | -                      | libubsan        | undefined-behaviour sanitizer
test  | -                      | libtsan         | thread sanitizer
sdk   | nodejs                 | nodejs          | runs the official SDKs of the tests
sdk   | npm                    | npm             | installs those SDKs
lint  | clang-format-14        | -               | the format is pinned to one version
lint  | clang-tidy-19          | -               | clang before 19 cannot see std::expected of g++ 12
bench | nginx-light            | nginx           | the reference every ratio is measured against
bench | wrk                    | -               | makes load
'

# debian-12, ubuntu-24.04, fedora-41, macos, or other.
system_name() {
    if [ "$(uname -s)" = Darwin ]; then echo macos; return; fi
    [ -r /etc/os-release ] || { echo other; return; }
    (. /etc/os-release; echo "${ID:-other}-${VERSION_ID:-0}")
}

# package_names PURPOSE...: the names on this system, one a line.
package_names() {
    local system column purpose
    system=$(system_name)
    case $system in
        debian-*|ubuntu-*) column=2 ;;
        fedora-*) column=3 ;;
        *) return 0 ;;
    esac
    for purpose in "$@"; do
        printf '%s' "$packages" | awk -F' *[|] *' -v purpose="$purpose" -v column="$column" \
            '$1 == purpose && $column != "-" {print $column}'
    done | if [ "$system" = debian-12 ]; then
        sed 's/^libboost-dev$/libboost1.81-dev/'  # the plain name means 1.74 there
    else
        cat
    fi
}

# Runs a command as root: directly, or through sudo.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else die "'$*' needs root, and there is no sudo: run it as root, then this script again."
    fi
}

# Those of the given packages that are not installed.
missing_packages() {
    local name
    for name in "$@"; do
        case $(system_name) in
            fedora-*) rpm -q --quiet --whatprovides "$name" || echo "$name" ;;
            *) [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || echo "$name" ;;
        esac
    done
}

# install_packages PURPOSE...: asks for root only if something is missing.
install_packages() {
    local names missing
    if [ -n "${OGEM_SKIP_PACKAGES:-}" ]; then return; fi
    case $(system_name) in
        debian-1[2-9]|ubuntu-2[4-9].*|fedora-4*) ;;
        macos) die "ogemd's event loop is built on Linux epoll: use a Linux machine or container." ;;
        *) printf '%s\n' "$packages" >&2
           die "no package names for $(system_name): install what the list above says, then set OGEM_SKIP_PACKAGES=1." ;;
    esac
    names=$(package_names "$@")
    # shellcheck disable=SC2086  # names are split on purpose, here and below
    missing=$(missing_packages $names)
    if [ -z "$missing" ]; then say "Packages: everything needed is installed"; return; fi
    missing=${missing//$'\n'/ }
    say "Packages: installing $missing"
    case $(system_name) in
        fedora-*) as_root dnf -q install -y $missing || die "dnf could not install: $missing. The lines above say why." ;;
        *) apt_install $missing ;;
    esac
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 update ||
        die "apt-get update failed: is there a network, and are the sources in /etc/apt right?"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 \
        install --no-install-recommends "$@" >/dev/null ||
        die "apt-get could not install: $*. The lines above say why."
}

# Compilers to run at once: one a core, and a gigabyte of memory for each.
jobs_count() {
    local cores gigabytes
    cores=$(getconf _NPROCESSORS_ONLN)
    gigabytes=$(awk '/^MemTotal:/ {print int($2 / 1000000)}' /proc/meminfo)
    [ "$gigabytes" -ge 1 ] || gigabytes=1
    if [ "$cores" -lt "$gigabytes" ]; then echo "$cores"; else echo "$gigabytes"; fi
}

# build PRESET [TARGET]: configures and compiles below build/PRESET.
build() {
    local preset=$1 target=${2:-all} log=build/$1-configure.log
    say "Building $target in build/$preset"
    mkdir -p build
    cmake --preset "$preset" >"$log" 2>&1 || {
        cat "$log" >&2
        die "cmake could not configure '$preset': its words are above."
    }
    cmake --build --preset "$preset" --target "$target" -j "$(jobs_count)" ||
        die "the build of '$preset' failed: the compiler's words are above."
}

# Runs a command without address randomisation where that is allowed: the thread sanitizer of g++ 12 refuses to start
# on kernels that randomise 32 bits.
fixed_addresses() {
    if setarch -R true 2>/dev/null; then setarch -R "$@"; else "$@"; fi
}
