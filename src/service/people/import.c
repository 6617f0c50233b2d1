/* `person import`: a CSV file, some rows at a time; each piece is one job, so a file that is refused may be mended
 * and given again. Whoever is there already is left as they are. */
#include "base/utf8.h"
#include "core/group.h"
#include "core/member_verb.h"
#include "core/person.h"
#include "os/file.h"
#include "proto/csv/csv.h"
#include "proto/mime/charset.h"
#include "service/people/people.h"

enum { PIECE_ROWS = 25, FILE_MAX = 16 << 20, PIECE_MAX = 1 << 20 };

enum column { ADDRESS, NAME, ROLE, DEPARTMENT, ALIASES, GROUPS, COLUMNS };
static const struct {
    const char *name, *other;
} columns[COLUMNS] = {{"address", "adresse"},    {"name", "nom"},   {"role", "rôle"},
                      {"department", "service"}, {"aliases", "alias"}, {"groups", "groupes"}};

/* ---- in the command ---- */

struct source {
    struct csv_reader reader;
    size_t place[COLUMNS]; /* of each column in a row; SIZE_MAX: not there */
    struct csv_row row;    /* read, and of another domain than the piece before */
    bool is_waiting;
};

static enum status refuse_line(struct ctx *ctx, const char *code, enum text_key sentence, int64_t line)
{
    return refuse_with(ctx, INVALID, code, sentence, "line %lld", (long long)line);
}

static enum status read_columns(struct ctx *ctx, struct verb_call *call, struct source *source)
{
    enum status done = csv_next(&source->reader, call->always, &source->row);
    for (size_t c = 0; c < COLUMNS; c++)
        source->place[c] = SIZE_MAX;
    for (size_t i = 0; done == OK && i < source->row.count; i++) {
        struct str name = str_trim(source->row.fields[i]);
        size_t c = 0;
        while (c < COLUMNS && !str_eq_nocase(name, str_of(columns[c].name)) &&
               !str_eq_nocase(name, str_of(columns[c].other)))
            c++;
        if (c == COLUMNS || source->place[c] != SIZE_MAX)
            done = INVALID;
        else
            source->place[c] = i;
    }
    bool is_whole = done == OK && source->place[ADDRESS] != SIZE_MAX && source->place[NAME] != SIZE_MAX;
    return is_whole ? OK : refuse_line(ctx, "person.import.columns", T_person_import_columns, 1);
}

static enum status open_source(struct ctx *ctx, struct verb_call *call)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(FILE_MAX), text BUF_SCOPE = BUF_INIT(FILE_MAX * 3);
    struct source *source = arena_new(call->always, struct source);
    char *path = str_c(ctx->arena, verb_argument(call, 0));
    if (source == NULL || path == NULL)
        return LIMIT;
    enum status done = file_read_all(path, &bytes);
    if (done == NOT_FOUND || done == DENIED)
        return refuse(ctx, NOT_FOUND, "person.import.file", T_person_import_file);
    TRY(done);
    charset_to_utf8(&text, STR(""), buf_str(&bytes)); /* spreadsheets of Windows write its own charset */
    TRY(buf_status(&text));
    struct str kept = str_copy(call->always, buf_str(&text));
    if (str_is_absent(kept))
        return LIMIT;
    source->reader = csv_open(kept);
    *call->kept = source;
    return read_columns(ctx, call, source);
}

static struct str field(const struct source *source, enum column column)
{
    size_t place = source->place[column];
    return place < source->row.count ? str_trim(source->row.fields[place]) : STR("");
}

static struct str domain_of(struct str address)
{
    size_t at = str_find_byte_last(address, '@');
    return at == SIZE_MAX ? STR("") : str_after(address, at + 1);
}

/* The next row that is not empty. */
static enum status next_row(struct ctx *ctx, struct verb_call *call, struct source *source)
{
    while (!source->is_waiting) {
        enum status done = csv_next(&source->reader, call->always, &source->row);
        if (done == INVALID || done == LIMIT)
            return refuse_line(ctx, "person.import.row", T_person_import_row, source->row.line);
        TRY(done);
        source->is_waiting = source->row.count > 1 || source->row.fields[0].len > 0;
    }
    return OK;
}

static void write_row(struct verb_call *call, const struct source *source, struct str line)
{
    struct str fields[COLUMNS + 1] = {line};
    for (size_t c = 0; c < COLUMNS; c++)
        fields[c + 1] = field(source, c);
    csv_write(call->output, fields, COLUMNS + 1);
}

/* Rows in a run with one domain; hands that domain's address over. */
enum status people_import_read(struct ctx *ctx, struct verb_call *call)
{
    if (*call->kept == NULL)
        TRY(open_source(ctx, call));
    struct source *source = *call->kept;
    struct str domain = STR("");
    enum status next = OK;
    for (int i = 0; i < PIECE_ROWS && (next = next_row(ctx, call, source)) == OK; i++) {
        struct str address = field(source, ADDRESS);
        if (i > 0 && !str_eq_nocase(domain_of(address), domain))
            break;
        if (i == 0)
            buf_add(call->hand, address);
        domain = domain_of(address);
        write_row(call, source, str_format(ctx->arena, "%lld", (long long)source->row.line));
        source->is_waiting = false;
    }
    if (call->output->len == 0)
        call->next = VERB_STEPS_MAX;
    return next == NOT_FOUND ? OK : next;
}

enum status people_import_member(struct ctx *ctx, struct verb_call *call)
{
    buf_add(call->output, call->input);
    return member_of_address(ctx, call->handed, &call->member);
}

/* ---- in the town ---- */

static enum status role_of(struct ctx *ctx, struct str word, enum role *ret_role)
{
    static const struct {
        const char *word, *other;
        enum role role;
    } roles[] = {{"", "agent", ROLE_AGENT},
                 {"admin", "administrateur", ROLE_ADMINISTRATOR},
                 {"operator", "opérateur", ROLE_OPERATOR}};
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        if (!str_eq_nocase(word, str_of(roles[i].word)) && !str_eq_nocase(word, str_of(roles[i].other)))
            continue;
        *ret_role = roles[i].role;
        return OK;
    }
    return refuse(ctx, INVALID, "person.role", T_person_role);
}

static enum status add_aliases(struct ctx *ctx, int64_t person, struct str words)
{
    while (words.len > 0) {
        struct str word = str_cut(&words, ' ');
        if (word.len > 0)
            TRY(person_add_alias(ctx, word, person));
    }
    return OK;
}

/* The group of that address, made when there is none, named after what stands before the '@'. */
static enum status group_of(struct ctx *ctx, struct str address, int64_t *ret_group, struct str *ret_name)
{
    group_row *groups;
    size_t count;
    TRY(group_list(ctx, &groups, &count));
    for (size_t i = 0; i < count; i++) {
        if (!str_eq_nocase(groups[i].address, address))
            continue;
        *ret_group = groups[i].id;
        *ret_name = groups[i].name;
        return OK;
    }
    size_t at = str_find_byte(address, '@');
    *ret_name = str_slice(address, 0, at == SIZE_MAX ? address.len : at);
    return group_add(ctx, address, *ret_name, ret_group);
}

static enum status join(struct ctx *ctx, int64_t person, struct str words)
{
    while (words.len > 0) {
        struct str word = str_cut(&words, ' '), name;
        int64_t group, *people;
        size_t count;
        if (word.len == 0)
            continue;
        TRY(group_of(ctx, word, &group, &name));
        TRY(group_members(ctx, group, &people, &count)); /* has room for one more */
        people[count] = person;
        TRY(group_set(ctx, group, name, people, count + 1));
    }
    return OK;
}

/* *ret_code: of the invitation; empty when the person was there already. */
static enum status take_row(struct ctx *ctx, const struct csv_row *row, struct str *ret_code)
{
    const struct str *fields = row->fields + 1;
    person_row there;
    enum role role;
    int64_t id;
    *ret_code = STR("");
    enum status found = person_by_address(ctx, fields[ADDRESS], &there);
    if (found != NOT_FOUND)
        return found;
    TRY(role_of(ctx, fields[ROLE], &role));
    TRY(person_invite(ctx, fields[ADDRESS], fields[NAME], role, &id, ret_code));
    if (fields[DEPARTMENT].len > 0)
        TRY(person_set(ctx, &(struct person_change){.id = id, .display_name = fields[NAME],
                                                    .department = fields[DEPARTMENT], .is_active = true,
                                                    .role = role}));
    TRY(add_aliases(ctx, id, fields[ALIASES]));
    return join(ctx, id, fields[GROUPS]);
}

enum status people_import_take(struct ctx *ctx, struct verb_call *call)
{
    struct csv_row *row = arena_new(ctx->arena, struct csv_row);
    struct csv_reader reader = {.rest = call->input, .separator = ',', .line = 1};
    enum status done;
    if (row == NULL)
        return LIMIT;
    while ((done = csv_next(&reader, ctx->arena, row)) == OK) {
        struct str code;
        if (row->count != COLUMNS + 1)
            return INVALID;
        done = take_row(ctx, row, &code);
        if (done != OK && ctx->failure.code != NULL)
            ctx->failure.detail = str_format(ctx->arena, "line %.*s", STR_ARG(row->fields[0]));
        TRY(done);
        struct str shown[] = {row->fields[1 + ADDRESS], code.len > 0 ? STR("added") : STR("there already"), code};
        csv_write(call->out, shown, sizeof shown / sizeof shown[0]);
    }
    call->next = 0;
    return done == NOT_FOUND ? OK : done;
}
