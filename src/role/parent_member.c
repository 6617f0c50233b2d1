#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/file.h"
#include "role/parent_state.h"

enum { LINES_MAX = 64 * 1024 };

/* New at each start of the parent: a ticket never outlives the run it was made in. */
static enum status make_key(int *ret_fd)
{
    char key[TICKET_KEY_BYTES];
    entropy_fill(key, sizeof key);
    enum status done = file_memory((struct str){key, sizeof key}, ret_fd);
    explicit_bzero(key, sizeof key);
    return done;
}

static struct parent_member *find(const struct parent *parent, int64_t id)
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

/* The texts stay in the house's memory: members change seldom. */
static enum status read_member(struct parent *parent, struct ctx *ctx, const member_row *row)
{
    struct parent_member *member = find(parent, row->id), read = {0};
    read.row = *row;
    TRY(member_place(ctx, row, &read.place));
    TRY(member_domains(ctx, row->id, &read.domains, &read.domain_count));
    TRY(member_hosts(ctx, row->id, &read.hosts, &read.host_count));
    if (member == NULL)
        TRY(add_member(parent, &member));
    member->row = read.row;
    member->place = read.place;
    member->domains = read.domains;
    member->hosts = read.hosts;
    member->domain_count = read.domain_count;
    member->host_count = read.host_count;
    member->front_told = member->auth_told = member->town_told = false;
    return OK;
}

static enum status read_all(struct parent *parent, struct db *syndicate)
{
    member_row *rows;
    size_t count;
    struct ctx ctx = {.arena = parent->house.arena, .db = syndicate, .now = clock_now()};
    TRY(member_list(&ctx, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(read_member(parent, &ctx, &rows[i]));
    return OK;
}

/* The database is open no longer than this: no child inherits it. */
enum status parent_read_members(struct parent *parent)
{
    struct db *syndicate;
    struct str path = str_format(parent->house.arena, "%s/syndicate.db", parent->house.folder);
    if (str_is_absent(path))
        return LIMIT;
    TRY(db_open(path.at, DB_READ, &syndicate));
    enum status done = read_all(parent, syndicate);
    db_close(syndicate);
    return done;
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
                                  .hosts = buf_str(&hosts)};
    return message_send(channel, MESSAGE_MEMBER, &told, fd);
}
