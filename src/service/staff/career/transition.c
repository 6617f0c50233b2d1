#include "service/staff/career/transition.h"

#include "base/embed.h"
#include "proto/csv/csv.h"

EMBED(staff_transition, "src/service/staff/career/transition.csv");

enum column { STATUS, FROM, TO, ALLOWED, UNTIL, TRUST, SOURCE, REASON, COLUMNS };

static const char *const statuses[STAFF_STATUSES] = {"trainee", "official", "contract", "elected"};
static const char *const positions[STAFF_POSITIONS] = {"active", "seconded", "available", "parental", "outside"};

const char *staff_status_code(enum staff_status status)
{
    return statuses[status];
}

const char *staff_position_code(enum staff_position position)
{
    return positions[position];
}

/* The file is ours: a word that is none ends the program. */
static int place_of(const char *const *words, int count, struct str word)
{
    for (int i = 0; i < count; i++)
        if (str_eq(word, str_of(words[i])))
            return i;
    REQUIRE(!"a word of transition.csv");
    return 0;
}

static struct transition row_of(const struct csv_row *row)
{
    const struct str *f = row->fields;
    struct date until = {0};
    REQUIRE(row->count == COLUMNS);
    REQUIRE(f[UNTIL].len == 0 || date_parse(f[UNTIL], &until) == OK);
    return (struct transition){.status = (enum staff_status)place_of(statuses, STAFF_STATUSES, f[STATUS]),
                               .from = (enum staff_position)place_of(positions, STAFF_POSITIONS, f[FROM]),
                               .to = (enum staff_position)place_of(positions, STAFF_POSITIONS, f[TO]),
                               .is_allowed = str_eq(f[ALLOWED], STR("yes")),
                               .until = until,
                               .source = f[SOURCE],
                               .reason = f[REASON]};
}

enum status transitions_shipped(struct arena *arena, struct transitions *ret_transitions)
{
    struct csv_reader reader = csv_open(str_span(staff_transition, staff_transition_end));
    struct transition *rows = arena_array(arena, struct transition, TRANSITIONS_MAX);
    struct csv_row row;
    size_t count = 0;
    enum status done;
    if (rows == NULL)
        return LIMIT;
    TRY(csv_next(&reader, arena, &row)); /* the head */
    while ((done = csv_next(&reader, arena, &row)) == OK) {
        REQUIRE(count < TRANSITIONS_MAX);
        rows[count++] = row_of(&row);
    }
    *ret_transitions = (struct transitions){rows, count};
    return done == NOT_FOUND ? OK : done;
}

const struct transition *transition_of(const struct transitions *transitions, enum staff_status status,
                                       enum staff_position from, enum staff_position to)
{
    for (size_t i = 0; i < transitions->count; i++) {
        const struct transition *row = &transitions->rows[i];
        if (row->status == status && row->from == from && row->to == to)
            return row;
    }
    return NULL;
}

bool transition_is_allowed(const struct transition *transition, struct date day)
{
    return transition != NULL && transition->is_allowed &&
           (transition->until.days == 0 || day.days <= transition->until.days);
}
