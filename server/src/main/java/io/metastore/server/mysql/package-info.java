/// The MySQL listener: accepts connections, and gives each a thread that logs it in and carries out its commands. What
/// a statement means is decided in `mysql.sql`; here is only who may connect and for how long.
@NullMarked
package io.metastore.server.mysql;

import org.jspecify.annotations.NullMarked;
