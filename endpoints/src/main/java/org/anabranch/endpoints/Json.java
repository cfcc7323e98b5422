// SPDX-License-Identifier: Apache-2.0
package org.anabranch.endpoints;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Optional;
import org.anabranch.view.Coverage;
import org.anabranch.view.Lane;

/** Values as JSON: records by their components, coverages and lanes as their texts. */
final class Json {
  private static final ObjectMapper MAPPER = mapper();

  private Json() {}

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(64).maxStringLength(1 << 20).build());
    SimpleModule texts = new SimpleModule();
    texts.addSerializer(Coverage.class, text(Coverage.class));
    texts.addSerializer(Lane.class, text(Lane.class));
    texts.addSerializer(Optional.class, new OptionalSerializer());
    return mapper.registerModule(texts);
  }

  private static <T> JsonSerializer<T> text(Class<T> type) {
    return new JsonSerializer<>() {
      @Override
      public Class<T> handledType() {
        return type;
      }

      @Override
      public void serialize(T value, JsonGenerator out, SerializerProvider provider)
          throws IOException {
        out.writeString(value.toString());
      }
    };
  }

  @SuppressWarnings("rawtypes") // Jackson knows the class only raw
  private static final class OptionalSerializer extends JsonSerializer<Optional> {
    @Override
    public void serialize(Optional value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeObject(value.isPresent() ? value.get() : null);
    }
  }

  static byte[] bytes(Object value) throws JsonProcessingException {
    return MAPPER.writeValueAsBytes(value);
  }

  /**
   * Reads an object.
   *
   * @throws HttpProblem if the bytes are no JSON object
   */
  static JsonNode object(byte[] bytes) throws HttpProblem {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (IOException e) {
      throw HttpProblem.badRequest("syntax", "Cannot read the body as JSON: " + firstLine(e));
    }
    throw HttpProblem.badRequest("syntax", "Cannot read the body: it is not a JSON object");
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
