#include "service/accounting/engine/window.h"

#include "base/embed.h"
#include "proto/csv/csv.h"

EMBED(accounting_windows, "src/service/accounting/engine/windows.csv");

enum { COLUMNS = 8, SPAN_MAX = 32 };

static const char *const act_names[WINDOW_ACTS] = {"credits", "engage", "release", "order", "close"};

static enum status act_of(struct str name, enum window_act *ret_act)
{
    for (enum window_act act = 0; act < WINDOW_ACTS; act++)
        if (str_eq(name, str_of(act_names[act]))) {
            *ret_act = act;
            return OK;
        }
    return CORRUPT;
}

static enum status scope_of(struct str letter, enum window_scope *ret_scope)
{
    size_t place = letter.len == 1 ? str_find_byte(STR("FIO"), letter.at[0]) : SIZE_MAX;
    if (place == SIZE_MAX)
        return CORRUPT;
    *ret_scope = (enum window_scope)place;
    return OK;
}

/* "N+1 01-31" for that year. */
static enum status day_of(struct str text, int32_t year, struct date *ret_date)
{
    struct str day = text, offset = str_cut(&day, ' ');
    char written[] = "0000-00-00";
    bool is_after = str_eq(offset, STR("N+1")), is_before = str_eq(offset, STR("N-1"));
    year += is_after - is_before;
    if ((!is_after && !is_before && !str_eq(offset, STR("N"))) || day.len != 5 || year < 0 || year > 9999)
        return CORRUPT;
    for (int i = 3, left = year; i >= 0; i--, left /= 10)
        written[i] = (char)('0' + left % 10);
    memcpy(written + 5, day.at, day.len);
    return date_parse(str_of(written), ret_date) == OK ? OK : CORRUPT;
}

static enum status holds(const struct csv_row *row, int32_t year, bool *ret_holds)
{
    struct date january = date_of(year, 1, 1), since = january, until = january;
    if (row->fields[5].len > 0 && date_parse(row->fields[5], &since) != OK)
        return CORRUPT;
    if (row->fields[6].len > 0 && date_parse(row->fields[6], &until) != OK)
        return CORRUPT;
    *ret_holds = since.days <= january.days && january.days <= until.days;
    return OK;
}

static enum status read_row(const struct csv_row *row, int32_t year, struct windows *windows)
{
    enum window_act act;
    enum window_scope scope;
    struct window window;
    bool is_in_force;
    if (row->count != COLUMNS || row->fields[7].len == 0)
        return CORRUPT;
    TRY(act_of(row->fields[0], &act));
    TRY(scope_of(row->fields[1], &scope));
    TRY(day_of(row->fields[2], year, &window.first));
    TRY(day_of(row->fields[3], year, &window.dated));
    TRY(day_of(row->fields[4], year, &window.entered));
    TRY(holds(row, year, &is_in_force));
    if (is_in_force)
        windows->at[act][scope] = window;
    return OK;
}

enum status windows_of(struct arena *arena, uint16_t exercise, struct windows *ret_windows)
{
    struct csv_reader reader = csv_open(str_span(accounting_windows, accounting_windows_end));
    struct csv_row *row = arena_new(arena, struct csv_row);
    struct windows windows;
    enum status done;
    if (row == NULL)
        return LIMIT;
    for (int i = 0; i < WINDOW_ACTS * WINDOW_SCOPES; i++)
        windows.at[i / WINDOW_SCOPES][i % WINDOW_SCOPES] = (struct window){.first = {1}};
    TRY(csv_next(&reader, arena, row)); /* the head */
    while ((done = csv_next(&reader, arena, row)) == OK)
        TRY(read_row(row, exercise, &windows));
    if (done != NOT_FOUND)
        return done == LIMIT ? LIMIT : CORRUPT;
    *ret_windows = windows;
    return OK;
}

/* ---- the check ---- */

static enum window_act act_of_kind(enum entry_kind kind)
{
    static const enum window_act acts[ENTRY_KINDS] = {
        [ENTRY_VOTE] = WINDOW_CREDITS,       [ENTRY_TRANSFER] = WINDOW_CREDITS,   [ENTRY_ENGAGE] = WINDOW_ENGAGE,
        [ENTRY_RELEASE] = WINDOW_RELEASE,    [ENTRY_ORDER] = WINDOW_ORDER,        [ENTRY_ORDER_DIRECT] = WINDOW_ORDER,
        [ENTRY_ORDER_REDUCE] = WINDOW_ORDER, [ENTRY_TITLE] = WINDOW_ORDER,        [ENTRY_TITLE_REDUCE] = WINDOW_ORDER,
        [ENTRY_CLOSE] = WINDOW_CLOSE,
    };
    return acts[kind];
}

static enum status check_day(const struct window *window, struct date day, struct refusal *refusal)
{
    struct buf value BUF_SCOPE = BUF_INIT(SPAN_MAX), span BUF_SCOPE = BUF_INIT(SPAN_MAX);
    if (day.days >= window->first.days && day.days <= window->dated.days)
        return OK;
    date_write(&value, day);
    date_write(&span, window->first);
    buf_add_literal(&span, " au ");
    date_write(&span, window->dated);
    return refuse_text(refusal, refusal_at("engine.day", "day"), buf_str(&value), buf_str(&span));
}

static enum status check_one(const struct window *window, const struct entry *entry, struct refusal *refusal)
{
    TRY(check_day(window, entry->day, refusal));
    if (entry->entered.days > window->entered.days)
        return refuse_day(refusal, refusal_at("engine.window", "entered"), entry->entered, window->entered);
    return OK;
}

enum status windows_check(const struct windows *windows, const struct entry *entry, struct refusal *ret_refusal)
{
    const struct window *of_act = windows->at[act_of_kind(entry->kind)];
    bool is_scoped = entry->posting_count > 0 && !entry->is_internal;
    size_t last = entry->posting_count;
    if (entry->day.days > entry->entered.days)
        return refuse_day(ret_refusal, refusal_at("engine.future", "day"), entry->day, entry->entered);
    if (!is_scoped)
        return check_one(&of_act[WINDOW_INTERNAL], entry, ret_refusal);
    /* Postings stand by section: the first and the last tell which there are. */
    if (entry->postings[0].section == CELL_FUNCTIONING)
        TRY(check_one(&of_act[WINDOW_FUNCTIONING], entry, ret_refusal));
    if (entry->postings[last - 1].section == CELL_INVESTMENT)
        TRY(check_one(&of_act[WINDOW_INVESTMENT], entry, ret_refusal));
    return OK;
}
