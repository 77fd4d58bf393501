"""What a process and its children cost: CPU time and memory, as the kernel counts them."""
import pathlib

PROC = pathlib.Path("/proc")


def tree(pid):
    """The process and all below it."""
    found = [pid]
    for path in PROC.glob(f"{pid}/task/*/children"):
        try:
            for child in path.read_text().split():
                found += tree(int(child))
        except OSError:
            pass
    return found


def cpu_seconds(pid):
    """Time on a processor of every thread of the tree, to the nanosecond (schedstat)."""
    total = 0
    for each in tree(pid):
        for path in PROC.glob(f"{each}/task/*/schedstat"):
            try:
                total += int(path.read_text().split()[0])
            except OSError:
                pass
    return total / 1e9


def pss_bytes(pid):
    """Proportional set size of the tree."""
    total = 0
    for each in tree(pid):
        try:
            for line in (PROC / str(each) / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
        except OSError:
            pass
    return total
