/// Tests of the MySQL listener, by a driver and by packets. The driver is MariaDB's.
@NullMarked
package io.metastore.server.mysql;

import org.jspecify.annotations.NullMarked;
