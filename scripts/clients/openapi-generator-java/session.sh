{
  generate -g java --library "$LIBRARY" -o turnwise --additional-properties=enumUnknownDefaultCase=true,openApiNullable=false
  cp Session.java "$LIBRARY/Client.java" turnwise/src/main/java
  cd turnwise
  mvn --quiet --batch-mode compile dependency:build-classpath -Dmdep.outputFile=classpath
} >&2
java -cp "target/classes:$(cat classpath)" Session "$@"
