/* bench/search: a mailbox of N messages (20,000), indexed as the town does it, then searched as IMAP and the webmail
 * do.
 *
 *     bench/search [N] [TEXT-FILE]
 *
 * Messages are letters of about 4 KB in four encodings, of words drawn as words are in a language (by rank), from a
 * made-up vocabulary or from the paragraphs of a text file. Words are planted in known messages; every answer is
 * counted against what was planted, so a fast wrong answer fails. Prints NAME_p50_ms and so on, one a line; exits 1
 * unless all was found. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/base64.h"
#include "base/seeded.h"
#include "core/person.h"
#include "db/migrate.h"
#include "language/plain.h"
#include "migrations.h"
#include "sample.h"
#include "service/mail/deliver.h"
#include "service/mail/search.h"
#include "service/mail/store.h"
#include "need.h"

enum { VOCABULARY = 30000, BODY_BYTES = 3600, PLANTS = 200, ROUNDS = 3, PLANTED_MAX = 20 };
#define NOW_MS INT64_C(1795428720000)

static struct town town;
static struct arena *arena;
static struct seeded random_state = {20};
static char *words[VOCABULARY], *text;
static size_t text_length;

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static struct ctx ctx_now(void)
{
    arena_reset(arena);
    return (struct ctx){.arena = arena, .town = &town, .db = town.db, .now = {NOW_MS}};
}

static struct db *open_db(const char *folder, const char *name, enum database database)
{
    struct db *db;
    struct str refusal, path = str_format(arena, "%s/%s", folder, name);
    struct migrate_plan plan = {
        .database = database, .sets = migration_sets, .set_count = MIGRATION_SET_COUNT, .now = {NOW_MS}};
    need(db_open(path.at, DB_CREATE, &db), name);
    need(migrate(db, arena, &plan, &refusal), "migrations");
    return db;
}

/* ---- text ---- */

/* Syllables as French has them; short words get the low ranks, as in a language. */
static void make_vocabulary(void)
{
    static const char *const heads[] = {"b", "c",  "ch", "d", "f", "g", "l",  "m", "n",
                                        "p", "pr", "qu", "r", "s", "t", "tr", "v"};
    static const char *const tails[] = {"a",  "e",  "i",  "o",  "u",   "é",  "è",   "on",
                                        "an", "in", "ou", "ai", "eau", "er", "ion", "ette"};
    for (int i = 0; i < VOCABULARY; i++) {
        struct buf word BUF_SCOPE = BUF_INIT(100);
        int syllables = 1 + (i > 50) + (i > 1000) + (int)seeded_below(&random_state, 2);
        for (int j = 0; j < syllables; j++) {
            buf_add_c(&word, heads[seeded_below(&random_state, sizeof heads / sizeof *heads)]);
            buf_add_c(&word, tails[seeded_below(&random_state, sizeof tails / sizeof *tails)]);
        }
        words[i] = strndup(word.at, word.len);
    }
}

/* Zipf by halving: ranks of one power of two are as likely as those of the next. */
static const char *draw_word(void)
{
    uint64_t bits = seeded_below(&random_state, 15);
    return words[((1u << bits) + seeded_below(&random_state, UINT64_C(1) << bits) - 1) % VOCABULARY];
}

static void add_text(struct buf *out, size_t bytes)
{
    if (text != NULL) {
        size_t at = (size_t)seeded_below(&random_state, text_length - bytes);
        while ((text[at] & 0xC0) == 0x80)
            at++;
        for (size_t end = at + bytes; at < end || (text[at] & 0xC0) == 0x80; at++)
            buf_add_byte(out, text[at]);
        return;
    }
    for (size_t start = out->len, line = 0; out->len - start < bytes; line++) {
        buf_add_c(out, draw_word());
        buf_add_c(out, line % 12 == 11 ? "\n" : line % 7 == 6 ? ", " : " ");
    }
}

static void read_text(const char *path)
{
    FILE *file = fopen(path, "r");
    static char line[1 << 16];
    struct buf all = BUF_INIT(64 << 20);
    if (file == NULL)
        need(OUTSIDE, path);
    while (fgets(line, sizeof line, file) != NULL)
        buf_add_c(&all, line);
    fclose(file);
    text = all.at;
    text_length = all.len;
    REQUIRE(text_length > 100000);
}

/* ---- messages ---- */

/* What message `number` holds beyond its text: a word of plant `number % PLANTS` in its body, another in its subject.
 * */
static struct str planted(int plant, const char *where)
{
    return str_format(arena, "%sévoqu%c%c%cant", where, 'a' + plant / 26 % 26, 'k', 'a' + plant % 26);
}

static void write_latin(struct buf *out, struct str utf8)
{
    for (size_t i = 0; i < utf8.len; i++) {
        unsigned char c = (unsigned char)utf8.at[i];
        if (c < 0x80)
            buf_add_byte(out, (char)c);
        else if ((c == 0xC2 || c == 0xC3) && i + 1 < utf8.len)
            buf_add_byte(out, (char)(c << 6 | (utf8.at[++i] & 0x3F)));
    }
}

static void write_quoted(struct buf *out, struct str utf8, size_t width)
{
    size_t column = 0;
    for (size_t i = 0; i < utf8.len; i++) {
        unsigned char c = (unsigned char)utf8.at[i];
        if (column > width) {
            buf_add_c(out, "=\r\n");
            column = 0;
        }
        if (c == '\n')
            buf_add_c(out, "\r\n");
        else if (c < 0x80 && c != '=')
            buf_add_byte(out, (char)c);
        else
            buf_add_format(out, "=%02X", c);
        column = c == '\n' ? 0 : column + (c < 0x80 ? 1 : 3);
    }
}

static void write_base64(struct buf *out, struct str utf8)
{
    for (; utf8.len > 0; utf8 = str_after(utf8, 57)) {
        base64_encode(out, str_slice(utf8, 0, 57));
        buf_add_c(out, "\r\n");
    }
}

static void write_message(struct buf *out, int number)
{
    struct buf body BUF_SCOPE = BUF_INIT(1 << 20);
    static const char *const heads[] = {
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n",
        "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n",
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>",
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"};
    add_text(&body, BODY_BYTES / 2 + seeded_below(&random_state, BODY_BYTES));
    buf_add_format(&body, "\nVoici %.*s ici.\n", STR_ARG(planted(number % PLANTS, "l'")));
    if (number % 10 == 3)
        buf_add_c(&body, "La séance du conseil municipal extraordinaire.\n");
    buf_add_format(
        out,
        "Received: from mx%d.compta.example (mx%d.compta.example [192.0.2.%d])\r\n\tby mail.beauval.example with "
        "ESMTPS id %08x\r\nDKIM-Signature: v=1; a=rsa-sha256; d=compta.example; s=2026;\r\n\tb=",
        number % 7, number % 7, number % 200, number);
    for (int i = 0; i < 5; i++)
        buf_add_format(out, "%016llx", (unsigned long long)seeded_next(&random_state));
    buf_add_format(
        out,
        "\r\nFrom: =?utf-8?q?Service_n=C2=B0%d?= <service%d@compta.example>\r\nTo: accueil@beauval.example\r\n",
        number % 50, number % 50);
    buf_add_format(
        out, "Date: Mon, 23 Nov 2026 10:12:00 +0100\r\nMessage-ID: <%d@compta.example>\r\nSubject: =?utf-8?q?",
        number);
    write_quoted(out, planted(PLANTS + number % PLANTS, "sujet"), SIZE_MAX);
    buf_add_format(out, "?=\r\nMIME-Version: 1.0\r\n%s", heads[number % 4]);
    if (number % 4 == 0)
        buf_add(out, buf_str(&body));
    else if (number % 4 == 1)
        write_latin(out, buf_str(&body));
    else if (number % 4 == 2)
        write_quoted(out, buf_str(&body), 72);
    else
        write_base64(out, buf_str(&body));
}

static void fill(int count)
{
    struct buf message BUF_SCOPE = BUF_INIT(4 << 20);
    for (int i = 0; i < count; i++) {
        struct ctx ctx = ctx_now();
        buf_clear(&message);
        write_message(&message, i);
        writer_job_begin(town.writer);
        need(writer_job_end(town.writer, deliver(&ctx, STR("a@compta.example"), STR("accueil@beauval.example"),
                                                 buf_str(&message))),
             "deliver");
        if (i % 100 == 99)
            need(writer_commit(town.writer), "commit");
    }
    need(writer_commit(town.writer), "commit");
}

static void feed(int count)
{
    struct samples steps;
    uint64_t from = now_ns();
    samples_init(&steps, (size_t)count + 1);
    for (enum status done = OK; done == OK;) {
        struct ctx ctx = ctx_now();
        uint64_t start = now_ns();
        done = search_index_step(&ctx);
        samples_add(&steps, now_ns() - start);
        if (done != NOT_FOUND)
            need(done, "index step");
    }
    printf("index_s %.2f\nindex_messages_per_s %.0f\n", (double)(now_ns() - from) / 1e9,
           count / ((double)(now_ns() - from) / 1e9));
    samples_print(&steps, "index_step");
}

/* ---- searches ---- */

static size_t search(int64_t account, enum search_place place, struct str asked, bool is_word, size_t *ret_looked)
{
    struct ctx ctx = ctx_now();
    struct buf plain BUF_SCOPE = BUF_INIT(4000);
    struct search_found found;
    plain_write(&plain, asked);
    struct search_term term = {.place = place, .text = buf_str(&plain), .is_word = is_word};
    need(search_find(&ctx, account, &term, &found), "find");
    size_t hits = found.sure.count;
    for (size_t i = 0; i < found.maybe.count; i++) {
        bool has;
        need(search_check(&ctx, found.maybe.at[i], &term, &has), "check");
        hits += has;
    }
    *ret_looked = found.maybe.count;
    return hits;
}

static struct samples all_samples;
static bool is_wrong;

/* expected < 0: any number. */
static void measure(int64_t account, const char *name, enum search_place place, const char *asked, bool is_word,
                    long expected)
{
    size_t looked = 0, hits = 0;
    double best = 0;
    struct str copy = str_of(strdup(asked));
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t start = now_ns();
        hits = search(account, place, copy, is_word, &looked);
        uint64_t took = now_ns() - start;
        samples_add(&all_samples, took);
        best = i == 0 || (double)took / 1e6 < best ? (double)took / 1e6 : best;
    }
    is_wrong |= expected >= 0 && hits != (size_t)expected;
    if (strncmp(name, "plant", 5) != 0 || (expected >= 0 && hits != (size_t)expected))
        printf("%-24s %-28s %6zu hits %6zu looked at %8.2f ms%s\n", name, asked, hits, looked, best,
               expected >= 0 && hits != (size_t)expected ? "  WRONG" : "");
    free((char *)(uintptr_t)copy.at);
}

static long share(int count, int plant)
{
    return count / PLANTS + (plant < count % PLANTS);
}

static void search_all(int64_t account, int count)
{
    samples_init(&all_samples, 10000);
    for (int i = 0; i < PLANTS; i++) {
        struct str body = str_format(arena, "%.*s", STR_ARG(planted(i, "")));
        char word[100];
        snprintf(word, sizeof word, "%.*s", STR_ARG(body));
        measure(account, "plant body", SEARCH_BODY, word, false, share(count, i));
        snprintf(word, sizeof word, "%.*s", STR_ARG(planted(i, "l'")));
        measure(account, "plant phrase", SEARCH_TEXT, word, false, share(count, i));
        snprintf(word, sizeof word, "%.*s", STR_ARG(planted(PLANTS + i, "sujet")));
        measure(account, "plant subject", SEARCH_SUBJECT, word, false, share(count, i));
    }
    samples_print(&all_samples, "planted");
    all_samples.count = 0;
    measure(account, "infix", SEARCH_BODY, "évoqu", false, count);
    measure(account, "common word", SEARCH_TEXT, text ? "dans" : words[3], false, -1);
    measure(account, "common", SEARCH_BODY, text ? "ation" : "ion", false, -1);
    measure(account, "frequent phrase", SEARCH_BODY, "conseil municipal", false, count / 10);
    measure(account, "middle word", SEARCH_BODY, text ? "guerre" : words[700], false, -1);
    measure(account, "rare word", SEARCH_BODY, text ? "cathédrale" : words[20000], false, -1);
    measure(account, "absent, usual letters", SEARCH_BODY, text ? "contrait" : "tionpran", false, -1);
    measure(account, "absent", SEARCH_BODY, "xylophone", false, 0);
    measure(account, "from", SEARCH_FROM, "service17@compta", false, count / 50);
    measure(account, "two letters", SEARCH_SUBJECT, "zz", false, -1);
    measure(account, "webmail word", SEARCH_READABLE, "séances", true, count / 10);
    measure(account, "webmail common", SEARCH_READABLE, text ? "dans" : words[3], true, -1);
    samples_print(&all_samples, "other");
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/parvis-bench-XXXXXX", command[100];
    int count = argc > 1 ? atoi(argv[1]) : 20000;
    struct store *store;
    int64_t replayed, account;
    arena = arena_create(512 << 20);
    if (mkdtemp(folder) == NULL)
        need(OUTSIDE, folder);
    make_vocabulary();
    if (argc > 2)
        read_text(argv[2]);
    town = (struct town){.member = 1, .name = STR("beauval"), .folder = folder, .domain_count = 1};
    town.domains[0] = STR("beauval.example");
    town.db = open_db(folder, "town.db", DATABASE_TOWN);
    town.writer = writer_create(town.db);
    struct ctx ctx = {.arena = arena, .town = &town, .db = town.db, .now = {NOW_MS}};
    writer_job_begin(town.writer);
    need(writer_job_end(town.writer, store_open(&ctx, &store, &replayed)), "store");
    need(writer_commit(town.writer), "commit");
    writer_job_begin(town.writer);
    need(writer_job_end(town.writer, person_add(&ctx, STR("accueil@beauval.example"), STR("Accueil"), &account)),
         "person");
    need(writer_commit(town.writer), "commit");
    need(search_open(&town, open_db(folder, "search.db", DATABASE_SEARCH)), "search");
    fill(count);
    feed(count);
    fflush(stdout);
    snprintf(command, sizeof command, "cd %s && ls -l | awk '{print $9, $5}' && du -sk segments", folder);
    (void)!system(command);
    search_all(account, count);
    search_close(&town);
    store_close(store);
    writer_destroy(town.writer);
    db_close(town.db);
    arena_destroy(&arena);
    snprintf(command, sizeof command, "rm -r %s", folder);
    (void)!system(command);
    return is_wrong;
}
