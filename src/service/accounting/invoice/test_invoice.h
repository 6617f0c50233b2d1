/* For tests: one of the small files that the fuzzer begins with too, whole or with words in it changed. */
#ifndef SERVICE_ACCOUNTING_INVOICE_TEST_INVOICE_H
#define SERVICE_ACCOUNTING_INVOICE_TEST_INVOICE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

#include "service/accounting/invoice/invoice.h"

enum { SHEET_ARENA = 64 << 20, SHEET_BYTES = 1 << 24 };

struct sheet {
    struct arena *arena;
    struct faults *faults;
    struct invoice_file file;
    enum status status; /* of reading */
};

static inline struct sheet sheet_of(struct str bytes, const struct invoice_known *known)
{
    struct xml *root;
    struct xml_fault fault;
    struct sheet sheet = {.arena = arena_create(SHEET_ARENA)};
    sheet.faults = arena_new(sheet.arena, struct faults);
    sheet.faults->arena = sheet.arena;
    assert_int_equal(xml_read(sheet.arena, bytes, &root, &fault), OK);
    sheet.status = invoice_read(sheet.arena, root, &sheet.file, sheet.faults);
    if (sheet.status != LIMIT)
        invoice_check(&sheet.file, known, sheet.faults);
    return sheet;
}

/* "ubl": test/corpus/invoice/ubl.xml */
static inline void sheet_load(const char *name, struct buf *into)
{
    char path[100];
    snprintf(path, sizeof path, "test/corpus/invoice/%s.xml", name);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s is not there", path);
    char *room = buf_reserve(into, 1 << 16);
    buf_grew(into, fread(room, 1, 1 << 16, file));
    fclose(file);
}

/* `from`, which stands there once, becomes `to`. */
static inline void sheet_change(struct buf *bytes, const char *from, const char *to)
{
    struct buf before BUF_SCOPE = BUF_INIT(SHEET_BYTES);
    buf_add(&before, buf_str(bytes));
    size_t at = str_find(buf_str(&before), str_of(from));
    if (at == SIZE_MAX || str_find(str_after(buf_str(&before), at + 1), str_of(from)) != SIZE_MAX)
        fail_msg("not there once: %s", from);
    buf_clear(bytes);
    buf_add(bytes, str_slice(buf_str(&before), 0, at));
    buf_add_c(bytes, to);
    buf_add(bytes, str_after(buf_str(&before), at + strlen(from)));
}

/* Each fault as "RULE PLACE = VALUE", with "; " between them. */
static inline struct str sheet_say(const struct sheet *sheet, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < sheet->faults->count; i++) {
        const struct fault *fault = &sheet->faults->kept[i];
        buf_add_format(out, "%s%.*s %.*s = %.*s", i > 0 ? "; " : "", STR_ARG(fault->rule), STR_ARG(fault->place),
                       STR_ARG(fault->value));
    }
    return buf_str(out);
}

/* The file with those words changed, two by two up to NULL, has these faults and no others. */
static inline void becomes(const char *name, const struct invoice_known *known, const char *const *changes,
                           enum status status, const char *wanted)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(SHEET_BYTES), said BUF_SCOPE = BUF_INIT(SHEET_BYTES);
    sheet_load(name, &bytes);
    for (const char *const *at = changes; at[0] != NULL; at += 2)
        sheet_change(&bytes, at[0], at[1]);
    struct sheet sheet = sheet_of(buf_str(&bytes), known);
    if (sheet.status != status || !str_eq(sheet_say(&sheet, &said), str_of(wanted)))
        fail_msg("%s, %s -> %s: %s, %.*s instead of %s", name, changes[0] == NULL ? "" : changes[0],
                 changes[0] == NULL ? "" : changes[1], status_name(sheet.status), STR_ARG(buf_str(&said)), wanted);
    arena_destroy(&sheet.arena);
}
#define CHANGES(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NOTHING ((const char *const[]){NULL})

#endif
