#include "service/staff/career/career_check.h"

#include "service/staff/career/step.h"

enum { CHILD_YEARS = 20, MONTHS_OF_YEAR = 12, PART_TIME_MIN = 50, PART_TIME_MAX = 99, STEP_MAX = 30 };

/* What is looked at: the career with the fact in it, and where it stands there. */
struct check {
    struct career career;
    const struct career_fact *fact;
    size_t place;
    const struct transitions *transitions;
    struct date today;
    struct career_fault *fault;
};

static enum status fault_of(struct check *check, enum career_rule rule, const struct career_fact *other)
{
    *check->fault = (struct career_fault){.rule = rule, .agent = STR(""), .reason = STR(""),
                                          .source = STR("")};
    if (other != NULL)
        check->fault->other = *other;
    return INVALID;
}

/* ---- the fact by itself ---- */

static const struct {
    int64_t least, most;
    bool must_end;
} kinds[CAREER_KINDS] = {
    [CAREER_STATUS] = {0, STAFF_STATUSES - 1, false},
    [CAREER_POSITION] = {0, STAFF_POSITIONS - 1, false},
    [CAREER_STEP] = {1, STEP_MAX, false},
    [CAREER_INDEX] = {STAFF_INDEX_MIN, STAFF_INDEX_MAX, false},
    /* CGFP, articles L612-1 and L612-3: not less than half */
    [CAREER_PART_TIME] = {PART_TIME_MIN, PART_TIME_MAX, false},
    [CAREER_WEEK] = {1, STAFF_WEEK_TENTHS_MAX - 1, false},
    [CAREER_NBI] = {1, STAFF_NBI_MAX, false},
    [CAREER_POST] = {1, INT64_MAX, false},
    [CAREER_CONTRACT] = {STAFF_INDEX_MIN, STAFF_INDEX_MAX, false},
    [CAREER_TRIAL] = {0, 0, true},
    [CAREER_CHILD] = {INT32_MIN, INT32_MAX, false},
    [CAREER_ABSENCE] = {0, STAFF_ABSENCES - 1, true},
    [CAREER_SAVED] = {1, 60, true}, /* décret n° 2004-878, article 7-1 */
};

static enum status check_value(struct check *check)
{
    const struct career_fact *fact = check->fact;
    bool is_index = fact->kind == CAREER_INDEX || fact->kind == CAREER_CONTRACT;
    if (fact->until.days != 0 ? fact->until.days < fact->since.days : kinds[fact->kind].must_end)
        return fault_of(check, CAREER_DAYS, NULL);
    if (is_index && fact->number < STAFF_INDEX_MIN)
        return fault_of(check, CAREER_LOW_INDEX, NULL);
    if (fact->number >= kinds[fact->kind].least && fact->number <= kinds[fact->kind].most)
        return OK;
    (void)fault_of(check, CAREER_NUMBER, NULL);
    check->fault->least = (int32_t)kinds[fact->kind].least;
    check->fault->most = (int32_t)(kinds[fact->kind].most > INT32_MAX ? INT32_MAX : kinds[fact->kind].most);
    return INVALID;
}

static enum status check_child(struct check *check)
{
    struct date born = {(int32_t)check->fact->number};
    if (check->fact->kind != CAREER_CHILD)
        return OK;
    if (born.days > check->fact->since.days)
        return fault_of(check, CAREER_CHILD_UNBORN, NULL);
    if (step_months_later(born, CHILD_YEARS * MONTHS_OF_YEAR).days <= check->fact->since.days)
        return fault_of(check, CAREER_CHILD_OLD, NULL);
    return OK;
}

/* ---- beside those of its kind ---- */

static bool is_neighbour(const struct career_fact *one, const struct career_fact *other)
{
    return one->kind == other->kind && one->item == other->item;
}

/* In order of their first days: it must not begin within the one before, nor reach into the one after. */
static enum status check_overlap(struct check *check)
{
    const struct career_fact *fact = check->fact, *facts = check->career.facts;
    size_t place = check->place;
    if (place > 0 && is_neighbour(&facts[place - 1], fact)) {
        const struct career_fact *before = &facts[place - 1];
        bool reaches = before->until.days != 0 && before->until.days >= fact->since.days;
        if (before->since.days == fact->since.days || reaches)
            return fault_of(check, CAREER_OVERLAP, before);
    }
    if (place + 1 < check->career.count && is_neighbour(&facts[place + 1], fact)) {
        const struct career_fact *after = &facts[place + 1];
        bool reaches = fact->until.days != 0 && fact->until.days >= after->since.days;
        if (after->since.days == fact->since.days || reaches)
            return fault_of(check, CAREER_OVERLAP, after);
    }
    return OK;
}

/* A position goes on from the one before it without a day between, while in service. */
static enum status hole_of(struct check *check, const struct career_fact *before, const struct career_fact *after)
{
    bool touches = before->until.days == 0 || before->until.days + 1 == after->since.days;
    if (touches || career_at(&check->career, CAREER_ENTRY, 0, (struct date){before->until.days + 1}) == NULL)
        return OK;
    return fault_of(check, CAREER_HOLE, before == check->fact ? after : before);
}

static enum status check_hole(struct check *check)
{
    const struct career_fact *facts = check->career.facts;
    size_t place = check->place;
    if (check->fact->kind != CAREER_POSITION)
        return OK;
    if (place > 0 && is_neighbour(&facts[place - 1], check->fact))
        TRY(hole_of(check, &facts[place - 1], check->fact));
    if (place + 1 < check->career.count && is_neighbour(&facts[place + 1], check->fact))
        TRY(hole_of(check, check->fact, &facts[place + 1]));
    return OK;
}

/* ---- in service ---- */

static enum status check_service(struct check *check)
{
    const struct career_fact *fact = check->fact, *entry;
    if (fact->kind == CAREER_CHILD)
        return OK; /* whoever has children may have them before */
    if (fact->kind == CAREER_ENTRY) {
        struct date last = career_last(&check->career, check->place);
        for (size_t i = 0; i < check->career.count; i++) {
            const struct career_fact *other = &check->career.facts[i];
            if (other->kind != CAREER_ENTRY && other->kind != CAREER_CHILD && other->since.days > last.days &&
                career_at(&check->career, CAREER_ENTRY, 0, other->since) == NULL)
                return fault_of(check, CAREER_EXIT_FIRST, other);
        }
        return OK;
    }
    entry = career_at(&check->career, CAREER_ENTRY, 0, fact->since);
    if (entry == NULL) {
        for (size_t i = 0; i < check->career.count && check->career.facts[i].kind == CAREER_ENTRY; i++)
            entry = &check->career.facts[i];
        return fault_of(check, CAREER_OUT_OF_SERVICE, entry);
    }
    return OK;
}

/* ---- positions ---- */

static enum status transition_check(struct check *check, const struct career_fact *from, const struct career_fact *to,
                                    enum staff_status status)
{
    const struct transition *found;
    if (from->number == to->number)
        return OK;
    found = transition_of(check->transitions, status, (enum staff_position)from->number,
                          (enum staff_position)to->number);
    if (transition_is_allowed(found, to->since))
        return OK;
    (void)fault_of(check, CAREER_TRANSITION, from == check->fact ? to : from);
    if (found != NULL) {
        check->fault->reason = found->reason;
        check->fault->source = found->source;
    }
    return INVALID;
}

static enum status check_position(struct check *check)
{
    const struct career_fact *fact = check->fact, *facts = check->career.facts;
    const struct career_fact *status = career_at(&check->career, CAREER_STATUS, 0, fact->since);
    static const struct career_fact active = {.kind = CAREER_POSITION, .number = STAFF_ACTIVE};
    size_t place = check->place;
    if (fact->kind != CAREER_POSITION)
        return OK;
    if (status == NULL)
        return fault_of(check, CAREER_NEEDS_OFFICIAL, NULL);
    enum staff_status now = (enum staff_status)status->number;
    const struct career_fact *before = place > 0 && is_neighbour(&facts[place - 1], fact) ? &facts[place - 1] : NULL;
    /* whoever is recruited comes in activity, or in secondment from elsewhere */
    if (before != NULL || fact->number != STAFF_SECONDED || now == STAFF_CONTRACT)
        TRY(transition_check(check, before != NULL ? before : &active, fact, now));
    if (place + 1 < check->career.count && is_neighbour(&facts[place + 1], fact))
        TRY(transition_check(check, fact, &facts[place + 1], now));
    return OK;
}

/* ---- grade, step, indices ---- */

static enum status check_grade(struct check *check)
{
    const struct career_fact *fact = check->fact, *grade;
    int32_t first, last;
    if (fact->kind == CAREER_GRADE && grid_grade_of(check->career.grid, fact->words) == NULL)
        return fault_of(check, CAREER_NO_GRADE, NULL);
    if (fact->kind != CAREER_STEP)
        return OK;
    grade = career_at(&check->career, CAREER_GRADE, 0, fact->since);
    if (grade == NULL)
        return fault_of(check, CAREER_NO_GRADE, NULL);
    grid_steps_of(check->career.grid, grade->words, &first, &last);
    if (fact->number >= first && fact->number <= last)
        return OK;
    (void)fault_of(check, CAREER_NO_STEP, grade);
    check->fault->least = first;
    check->fault->most = last;
    return INVALID;
}

/* The first fact of a kind that holds on a day of this one. */
static const struct career_fact *beside(const struct check *check, enum career_kind kind)
{
    struct date last = career_last(&check->career, check->place);
    for (size_t i = 0; i < check->career.count; i++) {
        const struct career_fact *other = &check->career.facts[i];
        if (other->kind == kind && other->since.days <= last.days &&
            career_last(&check->career, i).days >= check->fact->since.days)
            return other;
    }
    return NULL;
}

/* Part time is of a complete post (CGFP, article L612-1); décret n° 91-298 for posts that are not. */
static enum status check_hours(struct check *check)
{
    const struct career_fact *other = NULL;
    if (check->fact->kind == CAREER_PART_TIME)
        other = beside(check, CAREER_WEEK);
    if (check->fact->kind == CAREER_WEEK)
        other = beside(check, CAREER_PART_TIME);
    return other != NULL ? fault_of(check, CAREER_PART_AND_WEEK, other) : OK;
}

/* NBI is of officials (loi n° 91-73, article 27; décret n° 2006-779). */
static enum status check_nbi(struct check *check)
{
    const struct career_fact *fact = check->fact, *status;
    if (fact->kind != CAREER_NBI)
        return OK;
    status = career_at(&check->career, CAREER_STATUS, 0, fact->since);
    bool is_official = status != NULL && (status->number == STAFF_TRAINEE || status->number == STAFF_OFFICIAL);
    return is_official ? OK : fault_of(check, CAREER_NBI_CONTRACT, status);
}

/* ---- absences ---- */

static bool is_sick(int64_t kind)
{
    return kind == STAFF_SICK || kind == STAFF_LONG_SICK || kind == STAFF_LONG_TERM || kind == STAFF_ACCIDENT;
}

static enum status check_absence(struct check *check)
{
    const struct career_fact *fact = check->fact;
    if (fact->kind != CAREER_ABSENCE)
        return OK;
    if (is_sick(fact->number) && fact->since.days > check->today.days)
        return fault_of(check, CAREER_SICK_FUTURE, NULL);
    /* loi n° 2017-1837, article 115: carence is of ordinary sick leave alone */
    if (fact->words.len > 0 && fact->number != STAFF_SICK)
        return fault_of(check, CAREER_EXEMPT_NONE, NULL);
    if (fact->link == 0)
        return OK;
    const struct career_fact *before = check->place > 0 ? fact - 1 : NULL;
    bool follows = before != NULL && is_neighbour(before, fact) && before->id == fact->link &&
                   before->number == fact->number && before->until.days + 1 == fact->since.days;
    if (follows)
        return OK;
    return fault_of(check, CAREER_GOES_ON_NONE, before != NULL && is_neighbour(before, fact) ? before : NULL);
}

/* ---- the whole ---- */

enum status career_without(struct arena *arena, const struct career *career, int64_t id, struct career *ret_career)
{
    struct career_fact *facts = arena_array(arena, struct career_fact, career->count + 1);
    size_t count = 0;
    if (facts == NULL)
        return LIMIT;
    for (size_t i = 0; i < career->count; i++)
        if (career->facts[i].id != id)
            facts[count++] = career->facts[i];
    *ret_career = (struct career){facts, count, career->grid};
    return OK;
}

enum status career_with(struct arena *arena, const struct career *career, const struct career_fact *fact,
                        struct career *ret_career, size_t *ret_place)
{
    struct career_fact *facts = arena_array(arena, struct career_fact, career->count + 1);
    size_t at = 0;
    if (facts == NULL)
        return LIMIT;
    while (at < career->count) {
        const struct career_fact *other = &career->facts[at];
        bool is_before = other->kind != fact->kind ? other->kind < fact->kind
                         : other->item != fact->item ? other->item < fact->item
                                                     : other->since.days <= fact->since.days;
        if (!is_before)
            break;
        facts[at] = *other;
        at++;
    }
    facts[at] = *fact;
    for (size_t i = at; i < career->count; i++)
        facts[i + 1] = career->facts[i];
    *ret_career = (struct career){facts, career->count + 1, career->grid};
    if (ret_place != NULL)
        *ret_place = at;
    return OK;
}

enum status career_check(struct arena *arena, const struct career *career, const struct transitions *transitions,
                         const struct career_fact *fact, struct date today, struct career_fault *ret_fault)
{
    struct career others;
    struct check check = {.transitions = transitions, .today = today, .fault = ret_fault};
    static enum status (*const rules[])(struct check *) = {check_value,   check_child, check_overlap, check_service,
                                                           check_position, check_hole,  check_grade,   check_hours,
                                                           check_nbi,     check_absence};
    TRY(career_without(arena, career, fact->corrects, &others));
    TRY(career_with(arena, &others, fact, &check.career, &check.place));
    check.fact = &check.career.facts[check.place];
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        TRY(rules[i](&check));
    *ret_fault = (struct career_fault){.rule = CAREER_RIGHT, .agent = STR(""), .reason = STR(""),
                                          .source = STR("")};
    return OK;
}

/* Does this one stand on a fact of that kind? */
static bool stands_on(enum career_kind kind, enum career_kind other)
{
    if (other == CAREER_ENTRY)
        return kind != CAREER_ENTRY && kind != CAREER_CHILD;
    if (other == CAREER_STATUS)
        return kind == CAREER_POSITION || kind == CAREER_NBI;
    return other == CAREER_GRADE && kind == CAREER_STEP;
}

static enum status check_left(struct check *check, const struct career_fact *gone)
{
    for (size_t i = 0; i < check->career.count; i++) {
        const struct career_fact *other = &check->career.facts[i];
        if (other->link == gone->id)
            return fault_of(check, CAREER_NEEDED, other);
        if (stands_on(other->kind, gone->kind) && career_at(&check->career, gone->kind, 0, other->since) == NULL)
            return fault_of(check, CAREER_NEEDED, other);
    }
    return OK;
}

static enum status check_gap(struct check *check, const struct career_fact *gone)
{
    const struct career_fact *before = NULL;
    for (size_t i = 0; gone->kind == CAREER_POSITION && i < check->career.count; i++) {
        const struct career_fact *fact = &check->career.facts[i];
        if (fact->kind != CAREER_POSITION)
            continue;
        if (before != NULL)
            TRY(hole_of(check, before, fact));
        before = fact;
    }
    return OK;
}

enum status career_check_back(struct arena *arena, const struct career *career, const struct career_fact *fact,
                              struct career_fault *ret_fault)
{
    struct check check = {.fault = ret_fault};
    TRY(career_without(arena, career, fact->id, &check.career));
    TRY(check_left(&check, fact));
    TRY(check_gap(&check, fact));
    *ret_fault = (struct career_fault){.rule = CAREER_RIGHT, .agent = STR(""), .reason = STR(""),
                                          .source = STR("")};
    return OK;
}
