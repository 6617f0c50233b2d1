#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/file.h"
#include "role/parent_state.h"

enum { LINES_MAX = 64 * 1024, TEXTS_ARENA = 16 << 20 };

/* New at each start of the parent: a ticket never outlives the run it was made in. */
static enum status make_key(int *ret_fd)
{
    char key[TICKET_KEY_BYTES];
    entropy_fill(key, sizeof key);
    enum status done = file_memory((struct str){key, sizeof key}, ret_fd);
    explicit_bzero(key, sizeof key);
    return done;
}

struct parent_member *parent_member_by_id(const struct parent *parent, int64_t id)
{
    for (size_t i = 0; i < parent->member_count; i++)
        if (parent->members[i]->row.id == id)
            return parent->members[i];
    return NULL;
}

static enum status add_member(struct parent *parent, struct parent_member **ret_member)
{
    int key;
    if (parent->member_count == FRONT_TOWNS_MAX)
        return LIMIT;
    TRY(make_key(&key));
    struct parent_member *member = calloc(1, sizeof *member);
    REQUIRE(member != NULL);
    member->key = key;
    member->town = (struct parent_child){.parent = parent, .role = ROLE_TOWN, .member = member};
    parent->members[parent->member_count++] = member;
    *ret_member = member;
    return OK;
}

/* What syndicate.db says of one member. */
struct told {
    member_row row;
    struct place place;
    struct str *domains, *hosts;
    size_t domain_count, host_count;
};

static enum status read_all(struct db *syndicate, struct arena *arena, struct told **ret_told, size_t *ret_count)
{
    member_row *rows;
    struct ctx ctx = {.arena = arena, .db = syndicate, .now = clock_now()};
    TRY(member_list(&ctx, &rows, ret_count));
    struct told *told = arena_array(arena, struct told, *ret_count + 1);
    if (told == NULL)
        return LIMIT;
    for (size_t i = 0; i < *ret_count; i++) {
        told[i].row = rows[i];
        TRY(member_place(&ctx, &rows[i], &told[i].place));
        TRY(member_domains(&ctx, rows[i].id, &told[i].domains, &told[i].domain_count));
        TRY(member_hosts(&ctx, rows[i].id, &told[i].hosts, &told[i].host_count));
    }
    *ret_told = told;
    return OK;
}

/* Of a door given as HOST:PORT; 0: it is off. */
static int64_t port_of(const struct parent *parent, enum setting door)
{
    struct str address = parent->house.config.values[door];
    size_t colon = str_find_byte_last(address, ':');
    int64_t port;
    return colon != SIZE_MAX && str_to_i64(str_after(address, colon + 1), &port) == OK ? port : 0;
}

static enum status take_all(struct parent *parent, const struct told *told, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct parent_member *member = parent_member_by_id(parent, told[i].row.id);
        if (member == NULL)
            TRY(add_member(parent, &member));
        member->row = told[i].row;
        member->place = told[i].place;
        member->place.imaps_port = port_of(parent, SETTING_LISTEN_IMAPS);
        member->place.submissions_port = port_of(parent, SETTING_LISTEN_SUBMISSIONS);
        member->domains = told[i].domains;
        member->hosts = told[i].hosts;
        member->domain_count = told[i].domain_count;
        member->host_count = told[i].host_count;
        member->front_told = member->auth_told = member->town_told = false;
    }
    return OK;
}

/* The database is open no longer than this: no child inherits it. No member ever goes: all texts are read anew, and
 * those of the time before are freed when all were. */
enum status parent_read_members(struct parent *parent)
{
    struct db *syndicate;
    struct told *told;
    size_t count = 0;
    struct arena *texts = arena_create(TEXTS_ARENA);
    struct str path = str_format(texts, "%s/syndicate.db", parent->house.folder);
    enum status done = str_is_absent(path) ? LIMIT : db_open(path.at, DB_READ, &syndicate);
    if (done == OK) {
        done = read_all(syndicate, texts, &told, &count);
        db_close(syndicate);
    }
    if (done == OK && count < parent->member_count)
        done = CORRUPT; /* a member is gone: what its roles were told would point nowhere */
    if (done == OK)
        done = take_all(parent, told, count);
    else
        arena_destroy(&texts);
    if (done != OK)
        return done; /* a member too many: those taken before it stand, and keep their texts */
    arena_destroy(&parent->texts);
    parent->texts = texts;
    return OK;
}

struct parent_child *parent_town(struct parent *parent, struct str name)
{
    for (size_t i = 0; i < parent->member_count; i++)
        if (str_eq(parent->members[i]->row.name, name))
            return parent->members[i]->town.channel != NULL ? &parent->members[i]->town : NULL;
    return NULL;
}

static void add_lines(struct buf *out, const struct str *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_byte(out, '\n');
        buf_add(out, lines[i]);
    }
}

enum status parent_tell(struct channel *channel, const struct parent_member *member, int fd)
{
    struct buf domains BUF_SCOPE = BUF_INIT(LINES_MAX), hosts BUF_SCOPE = BUF_INIT(LINES_MAX);
    const struct place *place = &member->place;
    add_lines(&domains, member->domains, member->domain_count);
    add_lines(&hosts, member->hosts, member->host_count);
    struct message_member told = {.member = member->row.id,
                                  .services_on = (int64_t)place->services_on,
                                  .name = place->name,
                                  .title = place->title,
                                  .kind = place->kind,
                                  .language = place->language,
                                  .zone = place->zone,
                                  .desk = place->desk,
                                  .phone = place->phone,
                                  .hours = place->hours,
                                  .domains = buf_str(&domains),
                                  .hosts = buf_str(&hosts),
                                  .runs_house = place->runs_house,
                                  .imaps_port = place->imaps_port,
                                  .submissions_port = place->submissions_port};
    return message_send(channel, MESSAGE_MEMBER, &told, fd);
}
