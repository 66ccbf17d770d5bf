/// Packets of the MySQL protocol: their frames on the wire, and the fields in them. It knows nothing of
/// what they mean.
@NullMarked
package io.metastore.server.mysql.packet;

import org.jspecify.annotations.NullMarked;
