import java.util.List;
import org.openapitools.client.api.AuthApi;
import org.openapitools.client.api.RequestsApi;
import org.openapitools.client.model.*;

/** A session by openapi-generator's client for Java; Client is of the library. See ../../clients.js. */
class Session {
  public static void main(String[] args) throws Exception {
    String url = args[0], email = args[1], password = args[2], payloads = args[3];
    AuthApi auth = new AuthApi(Client.of(url, null));
    auth.register(new RegisterDto().email(email).password(password));
    String token = auth.login(new LoginDto().email(email).password(password)).getAccessToken();

    RequestsApi requests = new RequestsApi(Client.of(url, token));
    for (Object payload : (List<?>) Client.parse(payloads)) {
      EnqueueDto body = new EnqueueDto().type("echo").payload(payload);
      EnqueuedDto accepted = requests.enqueue(body, null, null, null);
      RequestDto read = requests.getRequest(accepted.getId(), 30, null);
      EnqueuedDto waited = requests.enqueue(body, "wait=30", null, null);
      Object[] said = {read.getPayload(), read.getResult(), waited.getResult()};
      System.out.println(Client.print(said));
    }
  }
}
