/* For tests: a town leaves with its accounting by the files of its export, and is proven in the next one. */
#ifndef SERVICE_ACCOUNTING_TEST_LEAVE_H
#define SERVICE_ACCOUNTING_TEST_LEAVE_H

#include <stdlib.h>

#include "core/export.h"
#include "service/accounting/close/test_close.h"
#include "service/accounting/proof.h"

enum { LEAVE_BYTES = 16 << 20 };

static inline void write_all(const struct export_file *file, struct buf *out)
{
    struct ctx ctx = test_ctx(&test);
    int64_t next = 0;
    while (next >= 0)
        assert_int_equal(export_write(&ctx, file, next, out, &next), OK);
}

static inline void take_all(const struct export_file *file, struct str rest)
{
    struct ctx ctx = test_ctx(&test);
    struct str piece;
    for (bool is_start = true;; is_start = false) {
        assert_int_equal(export_piece(file, is_start, &rest, &piece), OK);
        if (piece.len == 0)
            return;
        if (DO(&test, export_take(&ctx, file, piece)) != OK)
            fail_msg("%s: %.*s", file->name, STR_ARG(piece));
    }
}

/* What the accounting of a town needs elsewhere. */
static inline bool is_of_accounting(const struct export_file *file)
{
    struct str name = str_of(file->name);
    return str_starts(name, STR("accounting_")) || str_starts(name, STR("people")) || str_starts(name, STR("audit"));
}

/* LEAVE_IN: a folder that the files are left in, for the second reader (test/fault/second_reader.mjs). */
static inline void leave_in_folder(const struct export_file *file, struct str text)
{
    char path[512];
    const char *folder = getenv("LEAVE_IN");
    if (folder == NULL || !is_of_accounting(file))
        return;
    snprintf(path, sizeof path, "%s/%s", folder, file->name);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(fwrite(text.at, 1, text.len, out), text.len);
    assert_int_equal(fclose(out), 0);
}

static inline struct book_proof proven(void)
{
    struct ctx ctx = test_ctx(&test);
    struct book_proof book;
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS);
    assert_int_equal(proof_whole(&ctx, &book, &findings), OK);
    if (findings.len > 0)
        fail_msg("%.*s", STR_ARG(buf_str(&findings)));
    return book;
}

/* The same digest there, and nothing found. */
static inline void leaves_for_elsewhere(void **state)
{
    static const struct export_file *files[EXPORT_FILES_MAX];
    static struct buf texts[EXPORT_FILES_MAX];
    size_t count = export_list(files);
    struct book_proof before = proven();
    struct instant now = test.now;
    for (size_t i = 0; i < count; i++) {
        texts[i] = BUF_INIT(LEAVE_BYTES);
        write_all(files[i], &texts[i]);
        leave_in_folder(files[i], buf_str(&texts[i]));
    }
    tear_down(state);
    test_town_open(&test);
    test.now = now;
    for (size_t i = 0; i < count; i++) {
        if (is_of_accounting(files[i]))
            take_all(files[i], buf_str(&texts[i]));
        buf_finish(&texts[i]);
    }
    struct book_proof after = proven();
    assert_memory_equal(after.digest.bytes, before.digest.bytes, CHAIN_HASH_BYTES);
    assert_memory_equal(after.hash.bytes, before.hash.bytes, CHAIN_HASH_BYTES);
}

#endif
