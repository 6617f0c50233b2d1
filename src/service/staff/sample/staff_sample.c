#include "service/staff/sample/staff_sample.h"

#include "service/staff/lang.h"
#include "service/staff/record/staff_agent.h"
#include "service/staff/record/staff_fact.h"
#include "service/staff/record/staff_post.h"

enum { COUNCIL = 5 /* elected members */, CONTRACTS_EVERY = 8, YEARS_BACK = 14 };

/* ---- teams and posts ---- */

static const struct {
    const char *code, *name, *title;
} teams[STAFF_SAMPLE_TEAMS] = {
    {"ADM", "Administration générale", "Agent administratif"}, {"TEC", "Services techniques", "Agent technique"},
    {"ECO", "Écoles", "Agent des écoles"},                     {"ANI", "Animation", "Animateur"},
    {"BIB", "Médiathèque", "Agent de la médiathèque"},         {"FIN", "Finances", "Gestionnaire"},
    {"URB", "Urbanisme", "Instructeur"},                       {"ESP", "Espaces verts", "Jardinier"}};

static enum status add_posts(struct ctx *ctx)
{
    for (int32_t i = 1; i <= STAFF_SAMPLE_AGENTS; i++) {
        int64_t id;
        struct staff_post post = {.code = str_format(ctx->arena, "P%04d", i),
                                  .title = str_of(teams[i % STAFF_SAMPLE_TEAMS].title),
                                  .team = i % STAFF_SAMPLE_TEAMS + 1,
                                  .deliberation = str_format(ctx->arena, "2010-%d", i % 40 + 1),
                                  .deliberated = date_of(2010, 1, 18),
                                  .since = date_of(2010, 2, 1)};
        TRY(staff_post_add(ctx, &post, &id));
    }
    return OK;
}

enum status staff_sample_posts(struct ctx *ctx)
{
    staff_agent_found *agents;
    staff_post_row *posts;
    staff_team_row *there;
    size_t count, post_count, team_count;
    int64_t total, id;
    TRY(staff_agent_find(ctx, STR(""), 0, &agents, &count, &total));
    TRY(staff_post_list(ctx, &posts, &post_count));
    TRY(staff_team_list(ctx, &there, &team_count));
    if (total > 0 || post_count > 0 || team_count > 0)
        return refuse(ctx, CONFLICT, "staff.sample_there", T_staff_sample_there);
    for (size_t i = 0; i < STAFF_SAMPLE_TEAMS; i++)
        TRY(staff_team_add(ctx, str_of(teams[i].code), str_of(teams[i].name), &id));
    return add_posts(ctx);
}

/* ---- an agent ---- */

/* Of each ten officials: seven of category C, two of B, one of A. */
static struct str grade_of(int32_t number)
{
    static const char *const grades[10][3] = {
        {"AADM", "AADM2", "AADM1"}, {"ATEC", "ATEC2", "ATEC1"}, {"ATEC", "ATEC2", "ATEC1"}, {"AANI", "AANI2", "AANI1"},
        {"APAT", "APAT2", "APAT1"}, {"ATSEM2", "ATSEM1", "AMAI"}, {"AADM", "AADM2", "AADM1"},
        {"REDA", "REDA2", "REDA1"}, {"TECH", "TECH2", "TECH1"}, {"ATTA", "ATTA1", "ATTAH"}};
    return str_of(grades[number % 10][number / 10 % 3]);
}

static struct staff_recruit recruit_of(struct ctx *ctx, int32_t number, int32_t year)
{
    struct staff_recruit recruit = {.code = str_format(ctx->arena, "AG%04d", number), .grade = STR(""),
                                    .article = STR(""), .post = number};
    recruit.since = date_of(year - 1 - number * 7 % YEARS_BACK, 1 + number * 5 % 12, 1);
    if (number <= COUNCIL) {
        recruit.status = STAFF_ELECTED;
        recruit.post = 0;
        recruit.since = date_of(year, 4, 1); /* the council of March 2026 */
        return recruit;
    }
    recruit.week_tenths = number % 23 == 0 ? 175 : number % 29 == 0 ? 300 : 0;
    recruit.part_time = recruit.week_tenths != 0 ? 0 : number % 9 == 0 ? 80 : number % 17 == 0 ? 90 : 0;
    if (number % CONTRACTS_EVERY == 0) {
        recruit.status = STAFF_CONTRACT;
        recruit.index = STAFF_INDEX_MIN + number * 13 % 120;
        recruit.article = STR("CGFP, L332-8 2°");
        return recruit;
    }
    bool is_new = number % 21 == 0;
    recruit.status = is_new ? STAFF_TRAINEE : STAFF_OFFICIAL;
    recruit.grade = grade_of(number);
    recruit.step = 3 + number * 11 % 4;
    if (is_new) {
        recruit.since = date_of(year, 2, 1);
        recruit.trial_until = date_of(year + 1, 1, 31);
    }
    return recruit;
}

/* A fact of the sample, where its first day has come. */
static enum status add(struct ctx *ctx, int64_t agent, struct career_fact fact)
{
    struct career_fault fault;
    int64_t id;
    if (fact.since.days > ctx_today(ctx).days)
        return OK;
    if (fact.words.at == NULL)
        fact.words = STR("");
    return staff_fact_add(ctx, agent, &fact, (struct staff_fact_how){.is_apart = true, .reason = STR("")}, &fault, &id);
}

static enum status add_children(struct ctx *ctx, int64_t agent, int32_t number, int32_t year)
{
    for (int32_t i = 0; i < number % 4; i++) {
        struct date born = date_of(year - 3 - (number * 3 + i * 4) % 14, 1 + (number + i) % 12, 15);
        TRY(add(ctx, agent, (struct career_fact){.kind = CAREER_CHILD, .item = i + 1, .number = born.days,
                                                 .since = date_of(year, 4, 1)}));
    }
    return OK;
}

static enum status add_absences(struct ctx *ctx, int64_t agent, int32_t number, int32_t year)
{
    struct career_fact leave = {.kind = CAREER_ABSENCE, .number = STAFF_ANNUAL, .since = date_of(year, 8, 3)};
    struct career_fact sick = {.kind = CAREER_ABSENCE, .number = STAFF_SICK, .since = date_of(year, 5, 4)};
    leave.since.days += number % 2 * 14;
    leave.until.days = leave.since.days + 11;
    TRY(add(ctx, agent, leave));
    sick.since.days += number % 20;
    sick.until.days = sick.since.days + 2 + number % 9;
    if (number % 7 == 0)
        TRY(add(ctx, agent, sick));
    return OK;
}

enum status staff_sample_agent(struct ctx *ctx, int32_t number)
{
    int32_t year = civil_of_date(ctx_today(ctx)).year;
    struct staff_recruit recruit = recruit_of(ctx, number, year);
    struct career_fault fault;
    int64_t agent;
    bool is_official = recruit.status == STAFF_OFFICIAL;
    TRY(staff_fact_recruit(ctx, &recruit, &fault, &agent));
    if (recruit.status == STAFF_ELECTED)
        return OK;
    if (is_official && number % 11 == 0)
        TRY(add(ctx, agent, (struct career_fact){.kind = CAREER_NBI, .number = 15, .since = recruit.since}));
    if (is_official && number % 6 == 1)
        TRY(add(ctx, agent, (struct career_fact){.kind = CAREER_STEP, .number = recruit.step + 1,
                                                 .since = date_of(year, 1 + number % 10, 1)}));
    TRY(add_children(ctx, agent, number, year));
    return add_absences(ctx, agent, number, year);
}

/* ---- the verb ---- */

enum status staff_sample_begin(struct ctx *ctx, struct verb_call *call)
{
    TRY(staff_sample_posts(ctx));
    buf_add_literal(call->hand, "0");
    return OK;
}

enum status staff_sample_more(struct ctx *ctx, struct verb_call *call)
{
    uint64_t made;
    TRY(str_to_u64(call->handed, STAFF_SAMPLE_AGENTS, &made));
    for (int i = 0; i < STAFF_SAMPLE_PIECE && made < STAFF_SAMPLE_AGENTS; i++)
        TRY(staff_sample_agent(ctx, (int32_t)++made));
    buf_add_u64(call->hand, made);
    call->done = (int64_t)made;
    call->total = STAFF_SAMPLE_AGENTS;
    if (made < STAFF_SAMPLE_AGENTS) {
        call->next = STAFF_SAMPLE_MORE;
        return OK;
    }
    buf_add_format(call->out, "%d agents\n", STAFF_SAMPLE_AGENTS);
    return OK;
}
