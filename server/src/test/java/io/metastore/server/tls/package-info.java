/// Handshakes between engines in memory, with certificates made for each test.
@NullMarked
package io.metastore.server.tls;

import org.jspecify.annotations.NullMarked;
