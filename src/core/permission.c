#include "core/permission.h"

permission_set permission_of_role(enum role role)
{
    switch (role) {
    case ROLE_AGENT:
        return PERMISSION_SELF;
    case ROLE_ADMINISTRATOR:
        return PERMISSION_SELF | PERMISSION_ADMINISTER;
    case ROLE_OPERATOR:
        return PERMISSION_SELF | PERMISSION_OPERATE;
    }
    return PERMISSION_NONE;
}

bool permission_allows(permission_set held, enum permission asked)
{
    return (held & (permission_set)asked) == (permission_set)asked;
}
