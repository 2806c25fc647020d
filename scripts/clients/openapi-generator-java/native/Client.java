import com.fasterxml.jackson.databind.ObjectMapper;
import org.openapitools.client.ApiClient;

class Client {
  private static final ObjectMapper JSON = new ObjectMapper();

  static ApiClient of(String url, String token) {
    ApiClient client = new ApiClient();
    client.updateBaseUri(url);
    if (token != null) client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
    return client;
  }

  static Object parse(String json) throws Exception {
    return JSON.readValue(json, Object.class);
  }

  static String print(Object value) throws Exception {
    return JSON.writeValueAsString(value);
  }
}
