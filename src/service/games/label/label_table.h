/* Titles of municipal procedures in six themes, written and labelled by the makers of parvis for game 9.
 *
 * Why not the town's own texts: the collections that can be brought in name no theme of each text. */
#ifndef SERVICE_GAMES_LABEL_TABLE_H
#define SERVICE_GAMES_LABEL_TABLE_H

enum { LABEL_THEMES = 6, LABEL_BY_THEME = 27, LABEL_TESTS_BY_THEME = 9 };

/* Civil status, building, school, roads and waste, help and health, associations and leisure. The last
 * LABEL_TESTS_BY_THEME of each theme are never labelled by a player: accuracy is measured on them. */
extern const char *const label_titles[LABEL_THEMES][LABEL_BY_THEME];

#endif
