/// What the user asks for, understood: texts have become sizes and times, and what cannot be done yet
/// has been refused. Nothing here knows what there is.
@NullMarked
package io.metastore.operator.spec;

import org.jspecify.annotations.NullMarked;
