/* A town of agents by rule, for tests and measures of declarations: codes and functions, no people. */
#ifndef SERVICE_PAYROLL_DSN_TEST_DSN_H
#define SERVICE_PAYROLL_DSN_TEST_DSN_H

#include <stdio.h>

#include "base/seeded.h"
#include "core/identifier.h"
#include "service/payroll/dsn/dsn_fill.h"

enum { SAMPLE_ARENA_PER_AGENT = 8 << 10, SAMPLE_BODIES = 4 };

struct sample_town {
    struct arena *arena;
    struct law law;
    struct pay_law rules;
    struct dsn_sender sender;
    struct dsn_employer employer;
    struct dsn_bodies bodies;
    struct dsn_agent *agents;
    struct dsn_order order;
    size_t count;
};

/* A SIRET of nine digits, a place of four, and the last digits that prove both. */
static inline struct str sample_siret(struct arena *arena, uint32_t seed)
{
    char digits[15];
    for (uint32_t i = 0; i < 10; i++) {
        snprintf(digits, sizeof digits, "%08u%u", 20000000 + seed % 1000000, i);
        if (siren_is_right((struct str){digits, 9}))
            break;
    }
    for (uint32_t i = 0; i < 10; i++) {
        snprintf(digits + 9, sizeof digits - 9, "0001%u", i);
        if (siret_is_right((struct str){digits, 14}))
            break;
    }
    return str_copy(arena, (struct str){digits, 14});
}

static inline void sample_employer(struct sample_town *town)
{
    struct arena *arena = town->arena;
    struct str siret = sample_siret(arena, 4242);
    struct dsn_address address = {STR("1 PLACE DE LA MAIRIE"), STR("69000"), STR("COMMUNE D'ESSAI")};
    town->bodies = (struct dsn_bodies){sample_siret(arena, 11), sample_siret(arena, 22), sample_siret(arena, 33),
                                       sample_siret(arena, 44), STR("69123")};
    town->employer = (struct dsn_employer){.siren = str_slice(siret, 0, 9),
                                           .seat = str_slice(siret, 9, 14),
                                           .nic = str_slice(siret, 9, 14),
                                           .activity = STR("8411Z"),
                                           .address = address,
                                           .contact = STR("SERVICE DU PERSONNEL"),
                                           .phone = STR("0400000000"),
                                           .mail = STR("personnel@commune.invalid")};
    town->sender = (struct dsn_sender){.software = STR("PARVIS"),
                                       .editor = STR("PARVIS"),
                                       .version = STR("0.1.0"),
                                       .siren = town->employer.siren,
                                       .nic = town->employer.nic,
                                       .name = STR("COMMUNE D'ESSAI"),
                                       .address = address,
                                       .contact_title = STR("02"),
                                       .contact = STR("SERVICE DU PERSONNEL"),
                                       .mail = STR("personnel@commune.invalid"),
                                       .phone = STR("0400000000"),
                                       .is_test = true};
}

static inline struct pay_facts sample_facts(struct seeded *seeded, bool is_official)
{
    struct pay_facts facts = {.status = is_official ? PAY_OFFICIAL : PAY_CONTRACT,
                              .category = (enum pay_category)(PAY_A + seeded_below(seeded, 3)),
                              .index = (int32_t)(370 + seeded_below(seeded, 400)),
                              .part_time = seeded_below(seeded, 5) == 0 ? 80 : 100,
                              .zone = (int32_t)(1 + seeded_below(seeded, 3)),
                              .children = (int32_t)seeded_below(seeded, 4),
                              .ifse = (int64_t)seeded_below(seeded, 60000),
                              .cia = seeded_below(seeded, 6) == 0 ? 30000 : 0,
                              .tax_millionths = (int64_t)seeded_below(seeded, 140) * 1000};
    if (is_official && seeded_below(seeded, 4) == 0)
        facts.nbi = (int32_t)(10 + seeded_below(seeded, 20));
    return facts;
}

static inline struct dsn_contract *sample_contract(struct sample_town *town, size_t place,
                                                   const struct pay_facts *facts, struct seeded *seeded)
{
    struct arena *arena = town->arena;
    struct dsn_contract *contract = arena_new(arena, struct dsn_contract);
    bool is_official = facts->status == PAY_OFFICIAL, is_part = facts->part_time < 100;
    *contract = (struct dsn_contract){
        .start = {date_of(2000, 1, 1).days + (int32_t)seeded_below(seeded, 9000)},
        .status = STR("10"),
        .supplementary = STR("98"),
        .job = is_official ? STR("525d") : STR("523d"),
        .job_more = STR("N0001"),
        .label = STR("Adjoint d'accueil à l'état civil"),
        .nature = is_official ? STR("50") : STR("10"),
        .policy = STR("99"),
        .number = str_format(arena, "C%05zu", place),
        .unit = STR("10"),
        .whole = STR("151.67"),
        .own = is_part ? STR("121.33") : STR("151.67"),
        .time = is_part ? STR("20") : STR("10"),
        .complement = STR("99"),
        .agreement = STR("9999"),
        .sickness = STR("200"),
        .workplace = str_format(arena, "%.*s%.*s", STR_ARG(town->employer.siren), STR_ARG(town->employer.nic)),
        .pension = is_official ? STR("120") : STR("200"),
        .abroad = STR("99"),
        .employment = is_official ? STR("01") : STR("02"),
        .several_jobs = STR("01"),
        .several_employers = STR("01"),
        .accident = is_official ? STR("999") : STR("200"),
        .post = STR("01"),
        .post_whole = STR("35.00"),
        .part_time = is_part ? STR("80.00") : STR_NONE,
        .service = STR("01"),
        .gross_index = str_format(arena, "%04d", facts->index + 40),
        .index = str_format(arena, "%d", facts->index),
        .bonus = facts->nbi > 0 ? str_format(arena, "%d", facts->nbi) : STR_NONE,
        .step = STR("05"),
    };
    return contract;
}

static inline struct dsn_agent sample_agent(struct sample_town *town, size_t place, struct seeded *seeded)
{
    struct arena *arena = town->arena;
    bool is_man = seeded_below(seeded, 2) == 0, is_corsican = seeded_below(seeded, 50) == 0;
    int32_t year = (int32_t)(60 + seeded_below(seeded, 39)), month = (int32_t)(1 + seeded_below(seeded, 12));
    struct str department = is_corsican ? STR("2A") : STR("69");
    return (struct dsn_agent){
        .nir = str_format(arena, "%d%02d%02d%.*s%03zu%03zu", is_man ? 1 : 2, year, month, STR_ARG(department),
                          place / 999 % 990 + 1, place % 999 + 1),
        .name = str_format(arena, "AGENT %05zu", place),
        .first_names = STR("CODE"),
        .sex = is_man ? STR("01") : STR("02"),
        .birth = str_format(arena, "15%02d19%02d", month, year),
        .birth_place = STR("COMMUNE D'ESSAI"),
        .birth_department = department,
        .birth_country = STR("FR"),
        .home = {STR("2 RUE DE L'ÉCOLE"), STR("69000"), STR("COMMUNE D'ESSAI")},
        .number = str_format(arena, "%05zu", place),
    };
}

static inline void sample_fill(struct sample_town *town, size_t place, struct seeded *seeded)
{
    struct pay_facts facts = sample_facts(seeded, seeded_below(seeded, 4) != 0);
    struct payslip payslip;
    struct dsn_paid *paid = arena_new(town->arena, struct dsn_paid);
    struct dsn_contract *contract = sample_contract(town, place, &facts, seeded);
    REQUIRE(paid != NULL && pay_facts_fault(&facts) == NULL);
    pay_compute(&town->rules, &facts, &payslip, NULL);
    struct dsn_fill fill = {.month = town->order.month,
                            .day = {date_month_end(town->order.month).days - 3},
                            .contract = contract->number,
                            .tax_rate = str_format(town->arena, "%d.%02d", (int)(facts.tax_millionths / 10000),
                                                   (int)(facts.tax_millionths / 100 % 100)),
                            .tax_kind = STR("01"),
                            .bodies = &town->bodies};
    REQUIRE(dsn_fill_paid(town->arena, &town->rules, &facts, &payslip, &fill, paid) == OK);
    town->agents[place] = sample_agent(town, place, seeded);
    town->agents[place].contracts = contract;
    town->agents[place].payments = paid;
    town->agents[place].contract_count = town->agents[place].payment_count = 1;
}

/* What is due to a body: the sum of contributions to it. */
static inline int64_t sample_due(const struct sample_town *town, struct str body, int32_t code)
{
    int64_t sum = 0;
    for (size_t i = 0; i < town->count; i++)
        for (size_t j = 0; j < town->agents[i].payments[0].base_count; j++) {
            const struct dsn_base *base = &town->agents[i].payments[0].bases[j];
            for (size_t k = 0; k < base->contribution_count; k++)
                if (str_eq(base->contributions[k].body, body) && (code == 0 || base->contributions[k].code == code))
                    sum += base->contributions[k].cents;
        }
    return sum;
}

/* Payments to each body and to the tax office; and what is due to IRCANTEC in two lines, as its codes have it. */
static inline void sample_dues(struct sample_town *town)
{
    struct dsn_payment *payments = arena_array(town->arena, struct dsn_payment, SAMPLE_BODIES + 1);
    struct dsn_due *due = arena_new(town->arena, struct dsn_due);
    struct dsn_due_line *lines = arena_array(town->arena, struct dsn_due_line, 2);
    const struct str bodies[SAMPLE_BODIES] = {town->bodies.urssaf, town->bodies.cnracl, town->bodies.rafp,
                                              town->bodies.ircantec};
    struct date from = town->order.month, to = date_month_end(from);
    REQUIRE(payments != NULL && due != NULL && lines != NULL);
    for (size_t i = 0; i <= SAMPLE_BODIES; i++)
        payments[i] = (struct dsn_payment){.body = i < SAMPLE_BODIES ? bodies[i] : STR("DGFIP"),
                                           .bic = STR("BDFEFRPPCCT"),
                                           .iban = STR("FR7630001007941234567890185"),
                                           .mode = STR("05"),
                                           .from = from,
                                           .to = to,
                                           .cents = i < SAMPLE_BODIES ? sample_due(town, bodies[i], 0) : 0};
    for (size_t i = 0; i < town->count; i++)
        payments[SAMPLE_BODIES].cents += town->agents[i].payments[0].tax;
    for (int32_t i = 0; i < 2; i++) {
        lines[i] = (struct dsn_due_line){.code = i == 0 ? STR("060") : STR("061"), .qualifier = STR("920")};
        lines[i].cents = sample_due(town, town->bodies.ircantec, 60 + i);
    }
    *due = (struct dsn_due){town->bodies.ircantec, STR_NONE, from, to, lines, 2};
    town->employer.payments = payments;
    town->employer.payment_count = SAMPLE_BODIES + 1;
    town->employer.dues = due;
    town->employer.due_count = 1;
}

/* `town->arena` needs SAMPLE_ARENA_PER_AGENT for each agent, and 8 MB. */
static inline void sample_make(struct sample_town *town, struct arena *arena, size_t count, uint64_t seed)
{
    struct seeded seeded = {seed};
    enum law_code missing;
    struct pay_employer employer = {.mobility = {18500, STR("essai")},
                                    .cnfpt = {9000, STR("essai")},
                                    .centre = {2000, STR("essai")},
                                    .accident = {10000, STR("essai")},
                                    .is_large = true};
    *town = (struct sample_town){.arena = arena, .count = count};
    town->order = (struct dsn_order){.nature = DSN_MONTHLY,
                                     .month = date_of(2026, 3, 1),
                                     .made = date_of(2026, 4, 2),
                                     .number = STR("260402"),
                                     .agent_count = count};
    REQUIRE(law_shipped(arena, &town->law) == OK);
    REQUIRE(pay_law_of(&town->law, &employer, town->order.month, town->order.month, &town->rules, &missing) == OK);
    sample_employer(town);
    town->agents = arena_array(arena, struct dsn_agent, count + 1);
    REQUIRE(town->agents != NULL);
    for (size_t i = 0; i < count; i++)
        sample_fill(town, i, &seeded);
    sample_dues(town);
    town->order.sender = &town->sender;
    town->order.employer = &town->employer;
    town->order.agents = town->agents;
}

#endif
