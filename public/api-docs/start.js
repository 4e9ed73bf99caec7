// Shows the API's own description, and nothing from elsewhere.
window.SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#api', validatorUrl: null });
