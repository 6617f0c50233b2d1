#include "language/model/turn.h"

enum status turn_say(struct talk *talk, struct speaker *speaker, struct str question, struct turn *ret_turn)
{
    const struct pieces *pieces = &speaker->model->pieces;
    struct speaker_said said[SPEAKER_SAID_MAX];
    size_t count = 0;
    char raw_bytes[TALK_ANSWER_MAX]; /* with the blank before it: pieces count from there */
    struct buf raw = {.at = raw_bytes, .room = sizeof raw_bytes, .max = sizeof raw_bytes};
    struct buf answer = {.at = ret_turn->answer, .room = TALK_ANSWER_MAX, .max = TALK_ANSWER_MAX};
    TRY(talk_ask(talk, speaker, question, 0, NULL, said, &count, &answer));
    ret_turn->answer_len = answer.len;
    ret_turn->least = 1;
    for (size_t i = 0; i < count; i++) {
        buf_add(&raw, pieces_text(pieces, said[i].token));
        if (said[i].probability < ret_turn->least)
            ret_turn->least = said[i].probability;
    }
    for (enum measure_field field = MEASURE_DEPARTMENT; field < MEASURE_FIELDS; field++)
        ret_turn->sure[field] = measure_sure(pieces, said, count, buf_str(&raw), field);
    return OK;
}
