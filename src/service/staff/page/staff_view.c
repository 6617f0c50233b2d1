#include "service/staff/page/staff_view.h"

enum { YEAR_MIN = 1900, YEAR_MAX = 2999, DAY_TEXT_MAX = 32, NUMBER_MAX = 1000000000 };

/* ---- names ---- */

enum text_key staff_kind_name(enum career_kind kind)
{
    static const enum text_key names[CAREER_KINDS] = {
        T_staff_kind_entry, T_staff_kind_status, T_staff_kind_position, T_staff_kind_grade,    T_staff_kind_step,
        T_staff_kind_index, T_staff_kind_part_time, T_staff_kind_week,  T_staff_kind_nbi,      T_staff_kind_post,
        T_staff_kind_contract, T_staff_kind_trial,  T_staff_kind_child, T_staff_kind_absence, T_staff_kind_saved};
    return names[kind];
}

enum text_key staff_status_name(enum staff_status status)
{
    static const enum text_key names[STAFF_STATUSES] = {T_staff_status_trainee, T_staff_status_official,
                                                        T_staff_status_contract, T_staff_status_elected};
    return names[status];
}

enum text_key staff_position_name(enum staff_position position)
{
    static const enum text_key names[STAFF_POSITIONS] = {T_staff_position_active, T_staff_position_seconded,
                                                         T_staff_position_available, T_staff_position_parental,
                                                         T_staff_position_outside};
    return names[position];
}

enum text_key staff_absence_name(enum staff_absence absence)
{
    static const enum text_key names[STAFF_ABSENCES] = {
        T_staff_absence_annual,   T_staff_absence_rtt,       T_staff_absence_cet,      T_staff_absence_authorised,
        T_staff_absence_strike,   T_staff_absence_sick,      T_staff_absence_long_sick, T_staff_absence_long_term,
        T_staff_absence_accident, T_staff_absence_maternity, T_staff_absence_therapy,  T_staff_absence_undone};
    return names[absence];
}

/* ---- days ---- */

struct str staff_day(struct ctx *ctx, struct date day)
{
    return page_date(ctx, day);
}

struct str staff_iso(struct ctx *ctx, struct date day)
{
    struct buf text BUF_SCOPE = BUF_INIT(DAY_TEXT_MAX);
    if (day.days == 0)
        return STR("");
    date_write(&text, day);
    return str_copy(ctx->arena, buf_str(&text));
}

struct str staff_days(struct ctx *ctx, struct date since, struct date until)
{
    struct text_arg args[] = {TEXT_ARG("since", staff_day(ctx, since)),
                              TEXT_ARG("until", until.days != 0 ? staff_day(ctx, until) : STR(""))};
    enum text_key key = until.days == 0 ? T_staff_days_from
                        : until.days == since.days ? T_staff_days_one
                                                   : T_staff_days_both;
    return text_with(ctx->arena, ctx->language, key, args, 2);
}

struct str staff_hours(struct ctx *ctx, int64_t tenths)
{
    const char *comma = ctx->language == LANGUAGE_EN ? "." : ",";
    if (tenths % 10 == 0)
        return str_format(ctx->arena, "%lld", (long long)(tenths / 10));
    return str_format(ctx->arena, "%lld%s%lld", (long long)(tenths / 10), comma, (long long)(tenths % 10));
}

/* ---- a fact ---- */

struct str staff_grade_name(const struct grid *grid, struct str grade)
{
    const struct grid_grade *found = grid_grade_of(grid, grade);
    return found != NULL ? found->name : grade;
}

static struct str says_absence(struct ctx *ctx, const struct career_fact *fact)
{
    struct str kind = text_of(ctx->language, staff_absence_name((enum staff_absence)fact->number));
    struct text_arg args[] = {TEXT_ARG("kind", kind), TEXT_ARG("reason", fact->words)};
    if (fact->link != 0)
        return text_with(ctx->arena, ctx->language, T_staff_says_absence_on, args, 1);
    if (fact->words.len > 0)
        return text_with(ctx->arena, ctx->language, T_staff_says_absence_exempt, args, 2);
    return kind;
}

static struct str says_child(struct ctx *ctx, const struct career_fact *fact)
{
    bool is_shared = str_eq(fact->words, STR("shared"));
    struct text_arg born[] = {TEXT_ARG("born", staff_day(ctx, (struct date){(int32_t)fact->number}))};
    return text_with(ctx->arena, ctx->language, is_shared ? T_staff_says_child_shared : T_staff_says_child, born, 1);
}

struct str staff_says(struct ctx *ctx, const struct grid *grid, const struct career_fact *fact)
{
    static const enum text_key keys[CAREER_KINDS] = {
        [CAREER_ENTRY] = T_staff_says_entry,   [CAREER_GRADE] = T_staff_says_grade,
        [CAREER_STEP] = T_staff_says_step,     [CAREER_INDEX] = T_staff_says_index,
        [CAREER_NBI] = T_staff_says_nbi,       [CAREER_PART_TIME] = T_staff_says_part_time,
        [CAREER_WEEK] = T_staff_says_week,     [CAREER_POST] = T_staff_says_post,
        [CAREER_TRIAL] = T_staff_says_trial,   [CAREER_CONTRACT] = T_staff_says_contract,
        [CAREER_SAVED] = T_staff_says_saved};
    struct text_arg args[] = {NUMBER_ARG("number", fact->number),
                              TEXT_ARG("grade", staff_grade_name(grid, fact->words)),
                              TEXT_ARG("hours", staff_hours(ctx, fact->kind == CAREER_WEEK ? fact->number : 0)),
                              TEXT_ARG("post", str_format(ctx->arena, "%lld", (long long)fact->number)),
                              TEXT_ARG("article", fact->words)};
    if (fact->kind == CAREER_STATUS)
        return text_of(ctx->language, staff_status_name((enum staff_status)fact->number));
    if (fact->kind == CAREER_POSITION)
        return text_of(ctx->language, staff_position_name((enum staff_position)fact->number));
    if (fact->kind == CAREER_ABSENCE)
        return says_absence(ctx, fact);
    if (fact->kind == CAREER_CHILD)
        return says_child(ctx, fact);
    return text_with(ctx->arena, ctx->language, keys[fact->kind], args, sizeof args / sizeof *args);
}

struct str staff_says_days(struct ctx *ctx, const struct grid *grid, const struct career_fact *fact)
{
    struct str says = staff_says(ctx, grid, fact);
    struct str days = staff_days(ctx, fact->since, fact->until);
    return str_format(ctx->arena, "%.*s, %.*s", STR_ARG(says), STR_ARG(days));
}

/* ---- a state ---- */

struct str staff_hours_words(struct ctx *ctx, const struct staff_span *state)
{
    struct text_arg args[] = {NUMBER_ARG("number", state->part_time),
                              TEXT_ARG("hours", staff_hours(ctx, state->week_tenths))};
    if (state->week_tenths != 0)
        return text_with(ctx->arena, ctx->language, T_staff_says_week, args, 2);
    if (state->part_time != 100)
        return text_with(ctx->arena, ctx->language, T_staff_says_part_time, args, 2);
    return text_of(ctx->language, T_staff_file_full);
}

bool staff_next_words(struct ctx *ctx, const struct career *career, struct date day, struct str *ret_words)
{
    struct step_due due;
    *ret_words = STR("");
    if (step_next(career, day, &due) != OK)
        return false;
    struct text_arg args[] = {NUMBER_ARG("step", due.step),
                              TEXT_ARG("due", staff_day(ctx, due.due)),
                              NUMBER_ARG("months", due.months),
                              TEXT_ARG("since", staff_day(ctx, due.since)),
                              NUMBER_ARG("away", due.away_days),
                              TEXT_ARG("source", due.row->source)};
    *ret_words = text_with(ctx->arena, ctx->language, T_staff_file_next_text, args, sizeof args / sizeof *args);
    return true;
}

/* ---- a refusal ---- */

struct str staff_fault_words(struct ctx *ctx, const struct grid *grid, const struct career_fact *fact,
                             const struct career_fault *fault)
{
    static const enum text_key keys[CAREER_RULES] = {
        [CAREER_DAYS] = T_staff_fault_days,
        [CAREER_NUMBER] = T_staff_fault_number,
        [CAREER_OVERLAP] = T_staff_fault_overlap,
        [CAREER_HOLE] = T_staff_fault_hole,
        [CAREER_OUT_OF_SERVICE] = T_staff_fault_out_of_service,
        [CAREER_EXIT_FIRST] = T_staff_fault_exit_first,
        [CAREER_NEEDS_OFFICIAL] = T_staff_fault_needs_official,
        [CAREER_TRANSITION] = T_staff_fault_transition,
        [CAREER_NO_GRADE] = T_staff_fault_no_grade,
        [CAREER_NO_STEP] = T_staff_fault_no_step,
        [CAREER_LOW_INDEX] = T_staff_fault_low_index,
        [CAREER_PART_AND_WEEK] = T_staff_fault_part_and_week,
        [CAREER_NBI_CONTRACT] = T_staff_fault_nbi_contract,
        [CAREER_CHILD_OLD] = T_staff_fault_child_old,
        [CAREER_CHILD_UNBORN] = T_staff_fault_child_unborn,
        [CAREER_CHILD_TWICE] = T_staff_fault_child_twice,
        [CAREER_SICK_FUTURE] = T_staff_fault_sick_future,
        [CAREER_GOES_ON_NONE] = T_staff_fault_goes_on_none,
        [CAREER_EXEMPT_NONE] = T_staff_fault_exempt_none,
        [CAREER_GONE] = T_staff_fault_gone,
        [CAREER_NEEDED] = T_staff_fault_needed,
    };
    bool has_other = fault->other.since.days != 0;
    struct str other = has_other ? staff_says_days(ctx, grid, &fault->other)
                                 : text_of(ctx->language, T_staff_fault_none);
    struct text_arg args[] = {TEXT_ARG("fact", staff_says_days(ctx, grid, fact)), TEXT_ARG("other", other),
                              NUMBER_ARG("least", fault->least),                  NUMBER_ARG("most", fault->most),
                              TEXT_ARG("agent", fault->agent),                    TEXT_ARG("reason", fault->reason),
                              TEXT_ARG("source", fault->source)};
    enum text_key key = keys[fault->rule];
    if (fault->rule == CAREER_TRANSITION && fault->reason.len == 0)
        key = T_staff_fault_transition_none;
    return text_with(ctx->arena, ctx->language, key, args, sizeof args / sizeof *args);
}

struct str staff_path(struct ctx *ctx, int64_t agent, const char *rest)
{
    return str_format(ctx->arena, "/staff/agents/%lld%s", (long long)agent, rest);
}

/* ---- what forms say ---- */

enum status staff_asked_day(const struct web_request *request, const char *name, struct date *ret_day)
{
    struct str text = str_trim(web_text(request, name));
    *ret_day = (struct date){0};
    if (text.len == 0)
        return OK;
    TRY(date_parse(text, ret_day));
    int32_t year = civil_of_date(*ret_day).year;
    return year >= YEAR_MIN && year <= YEAR_MAX ? OK : INVALID;
}

enum status staff_asked_number(const struct web_request *request, const char *name, int64_t *ret_number)
{
    struct str text = str_trim(web_text(request, name));
    uint64_t number = 0;
    if (text.len > 0)
        TRY(str_to_u64(text, NUMBER_MAX, &number));
    *ret_number = (int64_t)number;
    return OK;
}

enum status staff_asked_hours(const struct web_request *request, const char *name, int64_t *ret_tenths)
{
    struct str rest = str_trim(web_text(request, name));
    uint64_t hours = 0, tenths = 0;
    char comma = str_find_byte(rest, ',') != SIZE_MAX ? ',' : '.';
    if (rest.len > 0) {
        TRY(str_to_u64(str_cut(&rest, comma), STAFF_WEEK_TENTHS_MAX, &hours));
        if (!str_is_absent(rest) && rest.len != 1)
            return INVALID;
        if (!str_is_absent(rest))
            TRY(str_to_u64(rest, 9, &tenths));
    }
    *ret_tenths = (int64_t)(hours * 10 + tenths);
    return OK;
}

enum status staff_asked_agent(const struct web_request *request, size_t param, int64_t *ret_agent)
{
    return str_to_i64(request->params[param], ret_agent) == OK && *ret_agent > 0 ? OK : NOT_FOUND;
}
