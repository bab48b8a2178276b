#!/usr/bin/env bash
# The tool beside the fastest TOML linter and beside eslint, on the same files: 1, 100 and 2,000 configurations of 3 KB.
# Usage: compare.sh [path of a native stalwart-harden]. Needs npm, python3 and /usr/bin/time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root="$(cd ../.. && pwd)"
native="${1:-}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

[ -d node_modules ] || npm install --no-audit --no-fund --no-save --ignore-scripts tombi@0.11.7 eslint@10.15.0 eslint-plugin-toml@1.5.0 @microsoft/sarif-multitool@5.7.0 >/dev/null 2>&1
tombi="$PWD/$(find node_modules/@tombi-toml -name tombi -type f | head -1)"
chmod +x "$tombi" node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
cp eslint.config.mjs "$work/"
ln -s "$PWD/node_modules" "$work/node_modules"

python3 - "$root/samples/Quickstart/config.toml" "$work" <<'PY'
import pathlib, sys
sample = pathlib.Path(sys.argv[1]).read_text()
for count in (1, 100, 2000):
    folder = pathlib.Path(sys.argv[2], "corpus", str(count))
    folder.mkdir(parents=True)
    for i in range(count):
        text = sample.replace("[server]", f"# host {i}\n[server]", 1)
        n = 0
        while len(text) < 3000:
            text += f"\n[tracer.extra{n}]\ntype = \"log\"\nlevel = \"info\"\npath = \"/opt/stalwart/logs/{i}\"\nenable = true\n"
            n += 1
        (folder / f"{i:04}.toml").write_text(text)
PY

python3 - "$work" "$root" "$tombi" "$native" <<'PY'
import os, resource, statistics, subprocess, sys, time
work, root, tombi, native = sys.argv[1:]
tool = os.path.join(root, "artifacts/tool/stalwart-harden")
runs = {"tombi (syntax only)": [tombi, "lint", "--offline"], "eslint + eslint-plugin-toml": ["node", "node_modules/eslint/bin/eslint.js", "-c", "eslint.config.mjs"]}
if os.path.exists(tool):
    runs["stalwart-harden, ReadyToRun"] = [tool, "check", "--no-config"]
if native:
    runs["stalwart-harden, native"] = [native, "check", "--no-config"]
def measure(command, count):
    times, memory = [], 0
    for i in range(6 if count < 2000 else 4):
        start = time.perf_counter()
        p = subprocess.run(["/usr/bin/time", "-f", "%M", *command, f"corpus/{count}"], cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if i: times.append(time.perf_counter() - start)
        memory = max(memory, int(p.stderr.decode(errors="replace").strip().splitlines()[-1]))
    return statistics.median(times), memory
results = {name: [measure(command, count) for count in (1, 100, 2000)] for name, command in runs.items()}
base = results["tombi (syntax only)"]
print("| tool | 1 file | 100 files | 2,000 files | peak memory | time of tombi |\n|---|---|---|---|---|---|")
for name, row in results.items():
    print(f"| {name} | " + " | ".join(f"{t*1000:.0f} ms" for t, _ in row) + f" | {row[2][1]/1024:.0f} MB | x{row[0][0]/base[0][0]:.2f}, x{row[1][0]/base[1][0]:.2f}, x{row[2][0]/base[2][0]:.2f} |")
PY
