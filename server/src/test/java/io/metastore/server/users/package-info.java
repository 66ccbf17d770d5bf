/// Users, roles and rights as whole programs see them: members that are processes, and etcd's own command line.
@NullMarked
package io.metastore.server.users;

import org.jspecify.annotations.NullMarked;
