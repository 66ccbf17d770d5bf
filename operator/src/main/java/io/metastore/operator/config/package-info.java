/// The operator's own settings, from the environment. What exists is valid.
@NullMarked
package io.metastore.operator.config;

import org.jspecify.annotations.NullMarked;
