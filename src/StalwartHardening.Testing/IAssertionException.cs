namespace StalwartHardening.Testing;

/// <summary>xunit v3 reports an exception as a failed assertion, and not as a crash of the test, where it has an interface of this name.</summary>
internal interface IAssertionException;
