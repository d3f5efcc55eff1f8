window.signInSession = { started: true };
