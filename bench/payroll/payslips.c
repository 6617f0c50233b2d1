/* How many payslips a core computes a second, how long a town's month takes, whether months replay to the same bytes.
 *
 *     payslips speed COUNT       payslips drawn at random, a tenth with spans, extras or overtime: best of five rounds
 *     payslips town AGENTS       the law looked up once, then each agent's payslip with its trace
 *     payslips replay AGENTS     twelve months, then again under a law with 500 rows more that came later
 *
 * Time of the processor: others may want the machine at the same time. */
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "service/payroll/pay/payslip_bytes.h"
#include "service/payroll/pay/test_pay.h"

enum { ROUNDS = 5, LATER_ROWS = 500, MONTHS = 12, YEAR = 2026, COUNT_MAX = 1000000, SEED = 5 };

struct bench {
    struct arena *arena;
    struct law law;
    struct pay_law of_month;
    struct pay_facts *facts;
    struct test_room *rooms;
    size_t count;
    struct pay_trace trace;
};

static const struct pay_employer employer = {.mobility = {18500, STR_INIT("taux local")},
                                             .cnfpt = {9000, STR_INIT("")}, .centre = {5000, STR_INIT("")},
                                             .accident = {15000, STR_INIT("")}, .is_large = true};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct pay_law law_of(const struct law *law, struct date month, struct date known)
{
    struct pay_law found;
    enum law_code missing;
    if (pay_law_of(law, &employer, month, known, &found, &missing) != OK) {
        fprintf(stderr, "payslips: %s is missing\n", law_code_name(missing));
        exit(1);
    }
    return found;
}

static void draw(struct bench *bench, size_t count)
{
    struct seeded random = {SEED};
    bench->count = count;
    bench->facts = calloc(count, sizeof *bench->facts);
    bench->rooms = calloc(count, sizeof *bench->rooms);
    REQUIRE(bench->facts != NULL && bench->rooms != NULL);
    for (size_t i = 0; i < count; i++)
        bench->facts[i] = seeded_below(&random, 10) == 0 ? test_drawn_whole(&random, &bench->rooms[i])
                                                         : test_drawn(&random);
}

/* ---- speed ---- */

enum way { BARE, EXPLAINED, REASONED, WRITTEN, WAYS };

static size_t count_reasons(struct bench *bench, const struct pay_facts *facts, const struct payslip *payslip)
{
    size_t rows = 0;
    struct pay_reason reason;
    for (enum pay_line line = 0; line < PAY_LINES; line++)
        if (payslip->cents[line] != 0) {
            pay_reason_of(&bench->of_month, facts, line, &bench->trace.steps[line], &reason);
            rows += reason.count;
        }
    return rows;
}

static int64_t pay_one(struct bench *bench, const struct pay_facts *facts, enum way way, struct buf *out)
{
    struct payslip payslip;
    if (way == BARE) {
        pay_compute(&bench->of_month, facts, &payslip, NULL);
        return payslip.cents[PAY_NET];
    }
    pay_compute_traced(&bench->of_month, facts, &payslip, &bench->trace);
    if (way == REASONED)
        return payslip.cents[PAY_NET] + (int64_t)count_reasons(bench, facts, &payslip);
    if (way == WRITTEN) {
        struct payslip_made made = {&bench->of_month, facts, date_of(YEAR, 3, 1), date_of(YEAR, 3, 31), &payslip,
                                    &bench->trace};
        buf_clear(out);
        REQUIRE(payslip_bytes_write(&made, out) == OK);
    }
    return payslip.cents[PAY_NET];
}

static int speed(struct bench *bench)
{
    static const char *const names[WAYS] = {"bare", "explained", "reasons", "written"};
    struct buf out = BUF_INIT(PAYSLIP_BYTES_MAX);
    int64_t sum = 0;
    for (enum way way = 0; way < WAYS; way++) {
        double best = 1e9;
        for (int round = 0; round < ROUNDS; round++) {
            double start = seconds();
            for (size_t i = 0; i < bench->count; i++)
                sum += pay_one(bench, &bench->facts[i], way, &out);
            double took = seconds() - start;
            best = took < best ? took : best;
        }
        printf("%s %.0f\n", names[way], (double)bench->count / best);
    }
    buf_finish(&out);
    printf("sum %lld\n", (long long)sum);
    return 0;
}

/* ---- a town ---- */

static int town(struct bench *bench)
{
    double best = 1e9;
    int64_t sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double start = seconds();
        bench->of_month = law_of(&bench->law, date_of(YEAR, 3, 1), date_of(YEAR, 3, 31));
        for (size_t i = 0; i < bench->count; i++)
            sum += pay_one(bench, &bench->facts[i], EXPLAINED, NULL);
        double took = seconds() - start;
        best = took < best ? took : best;
    }
    printf("ms %.3f\nsum %lld\n", best * 1000, (long long)sum);
    return 0;
}

/* ---- twelve months, again after later rows ---- */

/* Rows of every code, some for days long past, all known after the last day that a payslip knew. */
static struct law later(struct bench *bench)
{
    struct seeded random = {SEED};
    struct law_value *rows = arena_array(bench->arena, struct law_value, LATER_ROWS);
    struct law more = {rows, LATER_ROWS}, joined;
    REQUIRE(rows != NULL);
    for (size_t i = 0; i < LATER_ROWS; i++) {
        rows[i] = bench->law.at[seeded_below(&random, bench->law.count)];
        bool is_of_the_past = seeded_below(&random, 2) == 0;
        rows[i].since = date_of(is_of_the_past ? YEAR : YEAR + 1 + (int)seeded_below(&random, 10), 1, 1);
        rows[i].until = (struct date){0};
        rows[i].known = date_of(YEAR + 1 + (int)(i / 50), 1 + (int)(i % 12), 2);
        bool is_rate = rows[i].unit == LAW_RATIO && rows[i].code >= LAW_CSG_DEDUCTIBLE && rows[i].code < LAW_CNFPT;
        if (rows[i].unit == LAW_EUR || rows[i].unit == LAW_INDEX)
            rows[i].top += LAW_MILLIONTHS * (1 + (int64_t)seeded_below(&random, 20));
        if (is_rate)
            rows[i].top += 1000 * (1 + (int64_t)seeded_below(&random, 20));
    }
    REQUIRE(law_joined(bench->arena, &more, &bench->law, &joined) == OK); /* the new ones in front */
    return joined;
}

static size_t digest(struct bench *bench, const struct law *law, unsigned char ret_digest[EVP_MAX_MD_SIZE])
{
    struct buf out = BUF_INIT(PAYSLIP_BYTES_MAX);
    EVP_MD_CTX *sha = EVP_MD_CTX_new();
    unsigned length = 0;
    size_t bytes = 0;
    REQUIRE(EVP_DigestInit_ex(sha, EVP_sha256(), NULL) == 1);
    for (int month = 1; month <= MONTHS; month++) {
        struct date first = date_of(YEAR, month, 1), known = {date_of(YEAR, month, 28).days};
        struct pay_law of_month = law_of(law, first, known);
        for (size_t i = 0; i < bench->count; i++) {
            struct payslip payslip;
            struct payslip_made made = {&of_month, &bench->facts[i], first, known, &payslip, &bench->trace};
            pay_compute_traced(&of_month, &bench->facts[i], &payslip, &bench->trace);
            buf_clear(&out);
            REQUIRE(payslip_bytes_write(&made, &out) == OK);
            REQUIRE(EVP_DigestUpdate(sha, buf_str(&out).at, buf_str(&out).len) == 1);
            bytes += buf_str(&out).len;
        }
    }
    REQUIRE(EVP_DigestFinal_ex(sha, ret_digest, &length) == 1);
    EVP_MD_CTX_free(sha);
    buf_finish(&out);
    return bytes;
}

static int replay(struct bench *bench)
{
    unsigned char before[EVP_MAX_MD_SIZE] = {0}, after[EVP_MAX_MD_SIZE] = {0};
    struct law more = later(bench);
    size_t bytes = digest(bench, &bench->law, before);
    size_t again = digest(bench, &more, after);
    bool is_same = bytes == again && memcmp(before, after, sizeof before) == 0;
    /* The rows do count for who knows of them: the same months known later are other bytes. */
    struct pay_law of_month = law_of(&more, date_of(YEAR, 3, 1), date_of(YEAR + 15, 1, 1));
    struct payslip one, other;
    pay_compute(&bench->of_month, &bench->facts[0], &one, NULL);
    pay_compute(&of_month, &bench->facts[0], &other, NULL);
    printf("payslips %zu\nbytes %zu\nsame %s\nknown later %s\n", bench->count * MONTHS, bytes, is_same ? "yes" : "no",
           memcmp(&one, &other, sizeof one) != 0 ? "differs" : "same");
    return is_same ? 0 : 1;
}

int main(int count, char **words)
{
    struct bench *bench = calloc(1, sizeof *bench);
    long wanted = count == 3 ? strtol(words[2], NULL, 10) : 0;
    if (bench == NULL || wanted < 1 || wanted > COUNT_MAX) {
        fprintf(stderr, "usage: payslips speed|town|replay COUNT\n");
        return 2;
    }
    bench->arena = arena_create(64 << 20);
    REQUIRE(law_shipped(bench->arena, &bench->law) == OK);
    bench->of_month = law_of(&bench->law, date_of(YEAR, 3, 1), date_of(YEAR, 3, 31));
    draw(bench, (size_t)wanted);
    int end = strcmp(words[1], "speed") == 0    ? speed(bench)
              : strcmp(words[1], "town") == 0   ? town(bench)
              : strcmp(words[1], "replay") == 0 ? replay(bench)
                                                : 2;
    free(bench->facts);
    free(bench->rooms);
    arena_destroy(&bench->arena);
    free(bench);
    return end;
}
