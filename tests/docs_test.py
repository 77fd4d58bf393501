#!/usr/bin/env python3
"""What the documents show must be so: every YAML example passes `ogemd --check`, every link leads somewhere, and every
command of `ogem` that README calls done is one.  OGEMD and OGEM name the programs."""

import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]


class Documents(unittest.TestCase):
    def test_every_example_configuration_is_accepted(self):
        with tempfile.TemporaryDirectory() as folder:
            example = Path(folder, "config.yaml")
            environment = {**os.environ, "XDG_CONFIG_HOME": folder, "XDG_RUNTIME_DIR": folder}
            for document in DOCUMENTS:
                for block in re.findall(r"```yaml\n(.*?)```", document.read_text(), re.S):
                    example.write_text(block)
                    checked = subprocess.run([os.environ["OGEMD"], "--check", "--config", example], env=environment,
                                             capture_output=True, text=True, timeout=30)
                    with self.subTest(document=document.name, example=block[:60]):
                        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_every_link_leads_to_a_file(self):
        for document in DOCUMENTS:
            for target in re.findall(r"\]\(([^)#:\s]+)\)", document.read_text()):
                with self.subTest(document=document.name, target=target):
                    self.assertTrue((document.parent / target).exists(), "no such file")

    def test_every_command_that_readme_calls_done_is_known_to_ogem(self):
        row = re.search(r"^\| `ogem` \| ([^|]*) \|", (ROOT / "README.md").read_text(), re.M)
        for command in re.findall(r"`([^`]+)`", row.group(1)):
            known = subprocess.run([os.environ["OGEM"], *command.split(), "--help"], capture_output=True, text=True,
                                   timeout=30)
            with self.subTest(command=command):
                self.assertEqual(known.returncode, 0, known.stderr)


if __name__ == "__main__":
    unittest.main()
