/// Files that outlive a power loss. Whoever makes, renames or replaces one that must, whatever it is for, does it here.
@NullMarked
package io.metastore.server.file;

import org.jspecify.annotations.NullMarked;
