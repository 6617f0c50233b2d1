#include "service/games/room/room.h"

#include "core/town.h"
#include "service/games/lang.h"
#include "service/games/room/room_sql.h"

enum { CODE_TRIES = 20 };

/* ---- life ---- */

static int64_t since_ms(const struct ctx *ctx)
{
    return ctx->now.ms - ROOM_LIFE_MS;
}

static enum status wipe(struct ctx *ctx, int64_t room)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_room_wipe_votes(ctx->db, (struct sql_room_wipe_votes){.room = room}));
    TRY(sql_room_wipe_hands(ctx->db, (struct sql_room_wipe_hands){.room = room}));
    TRY(sql_room_wipe_players(ctx->db, (struct sql_room_wipe_players){.room = room}));
    return sql_room_wipe(ctx->db, (struct sql_room_wipe){.room = room});
}

/* Room for one more: of a full town's rooms the one that was left alone longest is wiped. */
static enum status make_place(struct ctx *ctx)
{
    struct sql_room_count_row rooms;
    struct sql_room_idle_row idle;
    TRY(sql_room_count(ctx->db, ctx->arena, (struct sql_room_count){.since_ms = since_ms(ctx)}, &rooms));
    if (rooms.number < ROOMS_MAX)
        return OK;
    enum status found = sql_room_idle(ctx->db, ctx->arena,
                                      (struct sql_room_idle){.since_ms = since_ms(ctx),
                                                             .idle_ms = ctx->now.ms - ROOM_IDLE_MS,
                                                             .left_ms = ctx->now.ms - ROOM_LEFT_MS}, &idle);
    if (found == NOT_FOUND)
        return refuse(ctx, LIMIT, "games.rooms", T_games_room_too_many);
    TRY(found);
    return wipe(ctx, idle.id);
}

static enum status free_code(struct ctx *ctx, struct str *ret_code)
{
    struct sql_room_code_taken_row taken = {.number = 1};
    for (int tries = 0; taken.number > 0 && tries < CODE_TRIES; tries++) {
        *ret_code = room_code_make(ctx);
        TRY(sql_room_code_taken(ctx->db, ctx->arena, (struct sql_room_code_taken){.code = *ret_code}, &taken));
    }
    return taken.number > 0 ? BUSY : OK;
}

enum status room_open(struct ctx *ctx, struct str slug, int64_t seed, struct room *ret_room, struct str *ret_key)
{
    struct sql_room_add_row added;
    struct str code;
    struct game_card cards[GAME_CARDS];
    const struct game *game = game_find(slug);
    if (game == NULL || game->draw == NULL || seed < 0 || seed > GAME_SEED_MAX)
        return refuse(ctx, INVALID, "games.room_make", T_games_room_make_wrong);
    TRY(game->draw(ctx, seed, cards)); /* a game over the town's sources may have too few of them */
    TRY(make_place(ctx));
    TRY(free_code(ctx, &code));
    TRY(room_key_make(ctx, ret_key));
    struct pseudonym desk = room_key_hash(*ret_key);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_room_add(ctx->db, ctx->arena, (struct sql_room_add){.code = code, .desk = pseudonym_str(&desk),
                                                                .game = str_of(game->slug), .seed = seed,
                                                                .made_ms = ctx->now.ms}, &added));
    *ret_room = (struct room){.id = added.id, .seed = seed, .code = code, .game = game, .made = ctx->now};
    return OK;
}

static enum status find(struct ctx *ctx, struct sql_room_find in, struct room *ret_room)
{
    struct sql_room_find_row row;
    in.since_ms = since_ms(ctx);
    TRY(sql_room_find(ctx->db, ctx->arena, in, &row));
    *ret_room = (struct room){.id = row.id, .seed = row.seed, .code = row.code, .game = game_find(row.game),
                              .step = (int)row.step, .turned = (int)row.turned, .made = {row.made_ms}};
    return ret_room->game == NULL ? NOT_FOUND : OK; /* a game that this program has no more */
}

static enum status unknown(struct ctx *ctx, enum status done)
{
    return done == NOT_FOUND ? refuse(ctx, NOT_FOUND, "games.room", T_games_room_none) : done;
}

enum status room_find(struct ctx *ctx, struct str code, struct room *ret_room)
{
    struct str plain;
    if (room_code_read(ctx, code, &plain) != OK)
        return unknown(ctx, NOT_FOUND);
    return unknown(ctx, find(ctx, (struct sql_room_find){.code = plain, .desk = STR_NONE}, ret_room));
}

enum status room_at_desk(struct ctx *ctx, struct str key, struct room *ret_room)
{
    struct pseudonym desk = room_key_hash(key);
    return unknown(ctx, find(ctx, (struct sql_room_find){.code = STR_NONE, .desk = pseudonym_str(&desk)}, ret_room));
}

enum status room_press(struct ctx *ctx, struct room *room, int64_t step, enum room_press press)
{
    if (step != room->step || room->step == ROOM_OVER)
        return refuse(ctx, CONFLICT, "games.room_late", T_games_room_late_press);
    int next = press == ROOM_END ? ROOM_OVER : room->step + 1;
    int turned = room->turned + (press == ROOM_ON && room_is_asking(room));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_room_step(ctx->db, (struct sql_room_step){.step = next, .turned = turned,
                                                         .now_ms = ctx->now.ms, .room = room->id}));
    room->step = next;
    room->turned = turned;
    return OK;
}

enum status room_wipe(struct ctx *ctx, const struct room *room)
{
    return wipe(ctx, room->id);
}

enum status room_sweep(struct ctx *ctx)
{
    struct sql_room_old_row old;
    TRY(sql_room_old(ctx->db, ctx->arena, (struct sql_room_old){.until_ms = since_ms(ctx)}, &old));
    return wipe(ctx, old.id);
}

/* ---- players ---- */

enum status room_players(struct ctx *ctx, const struct room *room, struct room_player **ret_players, size_t *ret_count)
{
    struct sql_room_players_row *rows;
    TRY(sql_room_players(ctx->db, ctx->arena, (struct sql_room_players){.room = room->id}, &rows, ret_count));
    *ret_players = arena_array(ctx->arena, struct room_player, *ret_count + 1);
    if (*ret_players == NULL)
        return LIMIT;
    for (size_t i = 0; i < *ret_count; i++)
        (*ret_players)[i] = (struct room_player){.id = rows[i].id, .tree = (int)rows[i].tree};
    return OK;
}

/* One of the trees that nobody has, by chance: the order of joining is not to be read from it. */
static int free_tree(const struct room_player *players, size_t count)
{
    bool is_taken[ROOM_PLAYERS_MAX] = {false};
    unsigned char bytes[PSEUDONYM_KEY_BYTES];
    pseudonym_key(bytes);
    for (size_t i = 0; i < count; i++)
        is_taken[players[i].tree] = true;
    size_t skip = (bytes[0] | (size_t)bytes[1] << 8) % (ROOM_PLAYERS_MAX - count);
    int tree = 0;
    while (is_taken[tree] || skip-- > 0)
        tree++;
    return tree;
}

/* In a full room: of those who could have voted for so long and never did, who came first gives way. */
static enum status make_seat(struct ctx *ctx, const struct room *room)
{
    struct sql_room_silent_row silent;
    enum status found = sql_room_silent(ctx->db, ctx->arena,
                                        (struct sql_room_silent){.room = room->id,
                                                                 .until_ms = ctx->now.ms - ROOM_SILENT_MS}, &silent);
    if (found == NOT_FOUND)
        return refuse(ctx, LIMIT, "games.room_full", T_games_room_full);
    TRY(found);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_room_player_leave(ctx->db, (struct sql_room_player_leave){.player = silent.id});
}

enum status room_join(struct ctx *ctx, const struct room *room, struct str *ret_token)
{
    struct sql_room_player_add_row added;
    struct room_player *players;
    size_t count;
    TRY(room_players(ctx, room, &players, &count));
    if (room->step == ROOM_OVER)
        return refuse(ctx, CONFLICT, "games.room_over", T_games_room_over_join);
    if (count >= ROOM_PLAYERS_MAX) {
        TRY(make_seat(ctx, room));
        TRY(room_players(ctx, room, &players, &count));
    }
    TRY(room_key_make(ctx, ret_token));
    struct pseudonym token = room_key_hash(*ret_token);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_room_player_add(ctx->db, ctx->arena,
                               (struct sql_room_player_add){.room = room->id, .token = pseudonym_str(&token),
                                                            .tree = free_tree(players, count),
                                                            .joined_ms = ctx->now.ms}, &added);
}

enum status room_free(struct ctx *ctx, const struct room *room)
{
    if (room->step == ROOM_OVER)
        return refuse(ctx, CONFLICT, "games.room_late", T_games_room_late_press);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_room_free(ctx->db, (struct sql_room_free){.room = room->id});
}

enum status room_player(struct ctx *ctx, const struct room *room, struct str token, struct room_player *ret_player)
{
    struct sql_room_player_find_row row;
    struct pseudonym hash = room_key_hash(token);
    TRY(sql_room_player_find(ctx->db, ctx->arena,
                             (struct sql_room_player_find){.room = room->id, .token = pseudonym_str(&hash)}, &row));
    *ret_player = (struct room_player){.id = row.id, .tree = (int)row.tree};
    return OK;
}

/* ---- votes ---- */

enum status room_vote(struct ctx *ctx, const struct room *room, const struct room_player *player, int64_t card,
                      int64_t sure)
{
    if (sure < 0 || sure > 100)
        return INVALID;
    if (!room_is_asking(room) || card != room_card(room))
        return refuse(ctx, CONFLICT, "games.room_turned", T_games_room_late_vote);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_room_vote_put(ctx->db, (struct sql_room_vote_put){.room = room->id, .card = card, .player = player->id,
                                                                 .sure = sure});
}

enum status room_hands(struct ctx *ctx, const struct room *room, int64_t step, const int64_t hands[ROOM_HANDS])
{
    for (size_t i = 0; i < ROOM_HANDS; i++)
        if (hands[i] < 0 || hands[i] > ROOM_HANDS_MAX)
            return refuse(ctx, INVALID, "games.room_hands", T_games_room_hands_wrong);
    if (!room_is_asking(room) || step != room->step)
        return refuse(ctx, CONFLICT, "games.room_late", T_games_room_late_press);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_room_hands_put(ctx->db, (struct sql_room_hands_put){.room = room->id, .card = room_card(room),
                                                                   .low = hands[ROOM_HAND_LOW],
                                                                   .unsure = hands[ROOM_HAND_UNSURE],
                                                                   .high = hands[ROOM_HAND_HIGH]});
}
