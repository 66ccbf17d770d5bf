/// The operator's process: it builds every part by hand and closes in reverse.
@NullMarked
package io.metastore.operator;

import org.jspecify.annotations.NullMarked;
