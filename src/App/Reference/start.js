SwaggerUIBundle({
  url: "openapi/v1.json",
  dom_id: "#reference",
  deepLinking: true,
  persistAuthorization: false,
  validatorUrl: null, // nothing is sent anywhere else
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
});
