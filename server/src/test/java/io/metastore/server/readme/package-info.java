/// The commands that the README and the guide for contributors name, as a reader would type them.
@NullMarked
package io.metastore.server.readme;

import org.jspecify.annotations.NullMarked;
