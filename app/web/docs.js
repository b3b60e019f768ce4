// Swagger UI reads the OpenAPI document of this server; it is started here so that the page needs no inline script.
window.SwaggerUIBundle({ url: "/openapi.json", dom_id: "#documentation", deepLinking: true });
