@NullMarked
package io.metastore.server.dns;

import org.jspecify.annotations.NullMarked;
