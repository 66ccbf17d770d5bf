package io.metastore.server.differential;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.util.List;

/// Changes values deep inside a message, and looks them up.
final class MessageWalk {
    /// What becomes of one scalar; the field's full name says what it means.
    interface Leaf {
        Object changed(FieldDescriptor field, Object value);
    }

    private MessageWalk() {}

    /// The message with every scalar that is present replaced; what is absent stays absent.
    static DynamicMessage map(Message message, Leaf leaf) {
        var changed = DynamicMessage.newBuilder(message.getDescriptorForType());
        message.getAllFields().forEach((field, value) -> {
            if (field.isRepeated()) {
                ((List<?>) value).forEach(item -> changed.addRepeatedField(field, value(field, item, leaf)));
            } else {
                changed.setField(field, value(field, value, leaf));
            }
        });
        return changed.setUnknownFields(message.getUnknownFields()).build();
    }

    /// The value at a path such as `kvs.0.mod_revision`; an absent scalar has its default.
    ///
    /// @throws IllegalArgumentException when the message has no such place
    static Object at(Message message, String path) {
        Object current = message;
        boolean unsigned = false;
        for (var name : path.split("\\.", -1)) {
            if (current instanceof List<?> list) {
                current = list.get(Integer.parseInt(name));
            } else if (current instanceof Message inner) {
                var field = inner.getDescriptorForType().findFieldByName(name);
                if (field == null) {
                    throw new IllegalArgumentException("no field " + name + " of " + path);
                }
                current = inner.getField(field);
                unsigned = field.getType() == FieldDescriptor.Type.UINT64;
            } else {
                throw new IllegalArgumentException("nothing below " + name + " of " + path);
            }
        }
        return unsigned && current instanceof Long id ? Long.toUnsignedString(id) : current;
    }

    private static Object value(FieldDescriptor field, Object value, Leaf leaf) {
        return value instanceof Message inner ? map(inner, leaf) : leaf.changed(field, value);
    }
}
