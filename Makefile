# jixiao：常用命令。只需要 Python 3.11、venv、make 和软件源。
# `make` 或 `make help` 列出全部目标。

PYTHON ?= $(shell command -v python3.11 || command -v python3)
EXTRAS ?= dev
BIN := .venv/bin
READY := .venv/.ready-$(EXTRAS)
WHEELS ?= postgres,parquet
# 测试同时开几个进程；0 是逐个运行
JOBS ?= 2
DEMO_DB := sqlite:///out/demo.db

.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint types imports evaluate ablation bench crash torture bench-peers scans evaluate-scans evaluate-scans-held-out format schema pins wheelhouse clean

help: ## 列出全部目标
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-24s %s\n", $$1, $$2}'

setup: $(READY) ## 建立 .venv 并安装（已装好则什么也不做）

$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS)]'
	touch $@

demo: setup ## 处理 corpus/documents 里的样例，生成数据库、报告和 Excel
	mkdir -p out && { $(BIN)/jixiao run corpus/documents --db $(DEMO_DB) --report out/report || test $$? -eq 4; }
	$(BIN)/jixiao export --db $(DEMO_DB) --to out/demo.xlsx
	@printf '%s\n' '' '样例里有几份故意损坏的文件，上面的失败提示属于正常。请打开：' '  out/report/index.html   报告（浏览器）' '  out/demo.xlsx           表格（Excel / WPS）' '  out/demo.db             数据库（SQLite）'

test: setup ## 运行全部测试（缺浏览器、LibreOffice 等时跳过相应测试并说明）
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

check: lint types imports test ## 与持续集成相同：规范、类型、依赖方向、测试

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

imports: setup
	$(BIN)/lint-imports

evaluate: setup ## 在标注语料上计算各环节的准确率
	$(BIN)/jixiao evaluate

ablation: setup ## 匹配各部分的作用：逐一去掉，每次留出一个语料文件（EXTRAS=dev,train）
	$(BIN)/python -m tests.bench.ablation

bench: setup ## 测速：每秒处理多少张表、多少页 PDF
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench.scan_speed

crash: setup ## 在随机时刻杀掉运行至少 100 次，结果须与不受干扰时相同（EXTRAS=dev,postgres,cluster）
	$(BIN)/python -m tests.crash

torture: setup ## 两百多份坏输入混在两百份好文档里跑一遍，逐一核对（EXTRAS=dev,cluster,postgres）
	$(BIN)/python -m tests.torture

bench-peers: setup ## 与 Recognizers-Text 对比测速和公开用例得分（装在 out/ 下）
	$(BIN)/python -m tests.bench.peers --suites

scans: setup ## 生成扫描件评测集（out/scans；字体见 docs/scans.md）
	$(BIN)/python -m corpus.scans out/scans

evaluate-scans: setup ## 评测扫描件，开发用的一半（ARGS="--limit 10 --workers 2"）
	test -f out/scans/dev/expected.jsonl || $(BIN)/python -m corpus.scans out/scans --split dev
	$(BIN)/python -m tests.bench.scans out/scans --split dev $(ARGS)

evaluate-scans-held-out: setup ## 评测扫描件，留出的一半；只在一轮改进结束后运行
	test -f out/scans/held-out/expected.jsonl || $(BIN)/python -m corpus.scans out/scans --split held-out
	$(BIN)/python -m tests.bench.scans out/scans --split held-out $(ARGS)

format: setup ## 自动整理代码格式
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schema: setup ## 由数据结构重新生成 docs/record.schema.json
	$(BIN)/python -m tests.contracts.write_schema

pins: setup ## 更新 constraints.txt 与 docs/licences.md 到当前版本
	mkdir -p out && $(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/pip install --quiet --dry-run --ignore-installed --report out/pins.json -e '.[dev,fast,postgres,parquet,cluster,train]'
	$(BIN)/python -m tests.contracts.write_pins out/pins.json

wheelhouse: setup ## 收集全部安装包到 out/wheelhouse，供没有网络的机器安装（WHEELS=选装的组件）
	$(BIN)/pip wheel --quiet --disable-pip-version-check -c constraints.txt -w out/wheelhouse '.[$(WHEELS)]'
	cp constraints.txt out/wheelhouse/
	@printf '%s\n' '把 out/wheelhouse 拷到同样系统、同样 Python 版本的机器，在那里运行：' "  python3.11 -m venv .venv" "  .venv/bin/pip install --no-index --find-links wheelhouse -c wheelhouse/constraints.txt 'jixiao[$(WHEELS)]'"

clean: ## 删除生成物（保留 .venv）
	rm -rf out build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
