/* The model_voice is moyen talking, and what it said lately: one turn more at a time, and no turn twice while it is
 * remembered.
 *
 * A turn follows from the questions of its talk up to it, so what is not remembered is said again and is the same.
 * Bounded: turns asked for longest ago are forgotten. Nothing else of a talk is kept, and none of it outlives the
 * process. It never asks the time. */
#ifndef ROLE_MODEL_VOICE_H
#define ROLE_MODEL_VOICE_H

#include "core/talking.h"

enum { MODEL_TURNS_MAX = 512, MODEL_VOICE_ARENA = 64 << 20 };

struct model_voice;

/* CORRUPT: what was shipped is damaged. Lives in the arena. */
MUST_USE enum status model_voice_create(struct arena *arena, struct model_voice **ret_voice);

/* How far it is, and the turns so far; they are now the last to be forgotten. */
enum talking_stage model_voice_tell(struct model_voice *voice, const struct talking *talking, struct buf *lines);
/* Says the first turn that is not remembered; what is too long is remembered as that. */
MUST_USE enum status model_voice_say(struct model_voice *voice, const struct talking *talking);
/* Turns said since it was made. */
uint64_t model_voice_said(const struct model_voice *voice);

#endif
