// Keeps the target until the folder has its first source.
