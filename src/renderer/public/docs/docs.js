// No validator of another site is asked, and a token stays in the page: a reload forgets it.
// oxlint-disable-next-line typescript/no-unsafe-call -- the script before this one defines it
window.SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  displayRequestDuration: true,
  persistAuthorization: false,
  validatorUrl: null,
});
