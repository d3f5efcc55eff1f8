window.signInInsights = { started: true };
