/// What users are told: phase, conditions and members, from what was seen and planned. Pure.
@NullMarked
package io.metastore.operator.status;

import org.jspecify.annotations.NullMarked;
