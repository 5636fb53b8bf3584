"""Files, folders and links of a node."""
import os


class Tree:
    """Writes below `root`, a folder of this machine; names are those of the node."""

    def path(self, name):
        full = os.path.join(self.root, name.lstrip("/"))
        above = os.path.dirname(full)
        if above not in self.made:
            os.makedirs(above, exist_ok=True)
            self.made.add(above)
        return full

    def file(self, name, content, newline=True, common=False):
        """What is `common` is one file with many names where it says the same: thousands of files take long to make."""
        data = content if isinstance(content, bytes) else (str(content) + ("\n" if newline else "")).encode()
        if common and data in self.commons:
            os.link(self.commons[data], self.path(name))
            return
        if common:
            self.commons[data] = self.path(name)
        out = os.open(self.path(name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.write(out, data)
        os.close(out)

    def files(self, place, given=None, common=False, **values):
        for name, value in {**(given or {}), **values}.items():
            if value is not None:
                self.file(f"{place}/{name}", value, common=common)

    def folder(self, name):
        os.makedirs(os.path.join(self.root, name.lstrip("/")), exist_ok=True)

    def link(self, name, target):
        """`target` is a path of the node. As in sysfs the link is relative and ends in the target's own name."""
        above, here = target.strip("/").split("/"), name.strip("/").split("/")[:-1]
        last, common = above.pop(), 0
        while common < min(len(above), len(here)) and above[common] == here[common]:
            common += 1
        os.symlink("/".join([".."] * (len(here) - common) + above[common:] + [last]), self.path(name))
