/* Any bytes are a declaration: written back as they are, and looked at on every level, beside themselves and others. */
#include "service/payroll/dsn/dsn_check.h"

enum { ARENA = 64 << 20, OUT_MAX = 64 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void go_round(struct arena *arena, struct str bytes)
{
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct dsn_file file;
    if (dsn_file_read(arena, bytes, &file) != OK)
        return;
    dsn_file_write(&out, &file);
    REQUIRE(str_eq(buf_str(&out), bytes));
}

static const struct law *law_once(void)
{
    static struct arena *arena;
    static struct law law;
    if (arena == NULL) {
        arena = arena_create(ARENA);
        REQUIRE(law_shipped(arena, &law) == OK);
    }
    return &law;
}

static void look(struct arena *arena, struct str bytes, struct str before)
{
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct dsn_fact fact = {210060, STR("00001"), STR("C00001"), STR("13"), date_of(2026, 3, 9)};
    struct dsn_faults faults;
    enum status done = bytes.len % 8 == 0 ? dsn_check_facts(arena, law_once(), bytes, &fact, 1, &faults)
                                          : dsn_check(arena, law_once(), bytes, before, &faults);
    if (done == OK)
        dsn_faults_print(&out, &faults, bytes.len % 2 == 0, bytes.len % 3 == 0);
}

/* A form feed parts a file from that of the month before. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct str before = {(const char *)data, size};
    struct str bytes = str_cut(&before, '\f');
    go_round(arena, bytes);
    look(arena, bytes, before);
    return 0;
}
