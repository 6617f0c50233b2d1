# parvis: the whole build. `make` gives build/parvis; BUILD=debug|asan|release|fuzz chooses a flavour.
BUILD ?= release
OUT   := build/$(BUILD)
GEN   := build/gen
CC    ?= gcc
VERSION := 0.1.0

PKGS := sqlite3 openssl libsodium libzstd jansson libseccomp
WARN := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla \
        -Wformat=2 -Wno-format-nonliteral -Wundef -Wno-sign-conversion
HARD := -fstack-protector-strong -fstack-clash-protection -fcf-protection -ftrivial-auto-var-init=zero -fPIE
FLAGS_release := -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
FLAGS_debug   := -O0 -g3
FLAGS_asan    := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
FLAGS_fuzz    := -O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-omit-frame-pointer
CFLAGS  += -std=gnu17 $(WARN) $(HARD) $(FLAGS_$(BUILD)) $(WERROR) -D_GNU_SOURCE -DPARVIS_VERSION='"$(VERSION)"' \
           -Isrc -I$(GEN) $(shell pkg-config --cflags $(PKGS)) -MMD -MP
LDFLAGS += -pie -Wl,-z,relro,-z,now $(filter -fsanitize=%,$(FLAGS_$(BUILD)))
LDLIBS  += $(shell pkg-config --libs $(PKGS)) -lstemmer -lgumbo -lm

# ---- sources: every .c of src, apart from tests and fuzz targets, is one archive ----
ALL     := $(shell find src -name '*.c' | LC_ALL=C sort)
TESTS   := $(filter %_test.c,$(ALL))
FUZZERS := $(filter %_fuzz.c,$(ALL))
SOURCES := $(filter-out $(TESTS) $(FUZZERS) src/main.c,$(ALL))
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
$(OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

# ---- tests beside the code: one program per X_test.c ----
$(OUT)/test/%: $(OUT)/src/%.o $(OUT)/libparvis.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka
.PHONY: test-programs list-tests
test-programs: $(TEST_BINS)
list-tests:
	@printf '%s\n' $(TEST_BINS)
test: $(TEST_BINS)
	@failed=0; for t in $(TEST_BINS); do $$t >$(OUT)/test.log 2>&1 || { failed=1; echo "FAILED $$t"; cat $(OUT)/test.log; }; done; exit $$failed
clean:
	rm -rf build
-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
