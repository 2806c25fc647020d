import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import org.openapitools.client.ApiClient;

class Client {
  private static final Gson JSON = new GsonBuilder().serializeNulls().create();

  static ApiClient of(String url, String token) {
    ApiClient client = new ApiClient().setBasePath(url);
    if (token != null) client.setBearerToken(token);
    return client;
  }

  static Object parse(String json) {
    return JSON.fromJson(json, Object.class);
  }

  static String print(Object value) {
    return JSON.toJson(value);
  }
}
