/* A web_table is every route one role answers, built from the services' descriptors when it starts.
 *
 * A route without a permission, or one that can be mistaken for another, does not register: the role refuses to
 * start. Lookup prefers a written segment over a {…}. Owns nothing: routes are static, the table lies in an arena. */
#ifndef CORE_WEB_TABLE_H
#define CORE_WEB_TABLE_H

#include "core/service.h"

struct web_table;

enum { WEB_ROUTES_MAX = 1000, WEB_SEGMENTS_MAX = 10, WEB_PARAMS_MAX = 4 };

/* INVALID: *ret_refusal names the route and its fault (arena). LIMIT: too many routes. */
MUST_USE enum status web_table_create(struct arena *arena, const struct service *const *services,
                                      enum web_owner owner, struct web_table **ret_table,
                                      struct str *ret_refusal);

/* NOT_FOUND: no such path. DENIED: the path exists under the other method. Fills `params`. */
MUST_USE enum status web_table_find(const struct web_table *table, enum web_method method, struct str path,
                                    struct str params[WEB_PARAMS_MAX], const struct web_route **ret_route,
                                    const struct service **ret_service);

/* The whole path of one request behind the role: route, service opted in, permission, form, anti-forgery token,
 * handler; any refusal becomes a page with the status of web_code. Always leaves a response. Returns the handler's
 * status, for the role's savepoint: rows stand only on OK. request->params, fields are filled here. */
MUST_USE enum status web_dispatch(struct ctx *ctx, const struct web_table *table, struct web_request *request,
                                  struct web_response *response);

#endif
