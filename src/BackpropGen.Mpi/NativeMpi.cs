using System;
using System.Runtime.InteropServices;

namespace BackpropGen.Mpi;

/// <summary>
/// The functions of Open MPI that are used, by their names in the standard (Message Passing Interface Forum, "MPI: A Message-Passing Interface
/// Standard", 3.1, 2015), and its predefined handles: in Open MPI the addresses of exported objects.
/// </summary>
internal static unsafe partial class NativeMpi
{
    public const string Library = "libmpi.so.40";

    public const int Success = 0;

    /// <summary>MPI_THREAD_FUNNELED: one thread of several makes the calls.</summary>
    public const int ThreadFunneled = 1;

    /// <summary>MPI_IN_PLACE.</summary>
    public static readonly nint InPlace = 1;

    /// <summary>MPI_MAX_ERROR_STRING and MPI_MAX_LIBRARY_VERSION_STRING of Open MPI, and a zero.</summary>
    public const int MaxErrorString = 256 + 1, MaxVersionString = 256 + 1;

    [LibraryImport(Library)]
    public static partial int MPI_Get_library_version(byte* version, out int length);

    [LibraryImport(Library)]
    public static partial int MPI_Initialized(out int flag);

    [LibraryImport(Library)]
    public static partial int MPI_Init_thread(nint argumentCount, nint arguments, int required, out int provided);

    [LibraryImport(Library)]
    public static partial int MPI_Finalize();

    [LibraryImport(Library)]
    public static partial int MPI_Abort(nint communicator, int exitCode);

    [LibraryImport(Library)]
    public static partial int MPI_Comm_rank(nint communicator, out int rank);

    [LibraryImport(Library)]
    public static partial int MPI_Comm_size(nint communicator, out int size);

    [LibraryImport(Library)]
    public static partial int MPI_Comm_set_errhandler(nint communicator, nint handler);

    [LibraryImport(Library)]
    public static partial int MPI_Error_string(int code, byte* text, out int length);

    [LibraryImport(Library)]
    public static partial int MPI_Allreduce(nint send, void* receive, int count, nint type, nint operation, nint communicator);

    [LibraryImport(Library)]
    public static partial int MPI_Bcast(void* values, int count, nint type, int root, nint communicator);

    [LibraryImport(Library)]
    public static partial int MPI_Barrier(nint communicator);

    /// <summary>The predefined handles, found when the library is loaded.</summary>
    public readonly struct Handles
    {
        private Handles(nint library)
        {
            World = NativeLibrary.GetExport(library, "ompi_mpi_comm_world");
            ErrorsReturn = NativeLibrary.GetExport(library, "ompi_mpi_errors_return");
            Float = NativeLibrary.GetExport(library, "ompi_mpi_float");
            Double = NativeLibrary.GetExport(library, "ompi_mpi_double");
            Byte = NativeLibrary.GetExport(library, "ompi_mpi_byte");
            Sum = NativeLibrary.GetExport(library, "ompi_mpi_op_sum");
        }

        /// <summary>MPI_COMM_WORLD.</summary>
        public nint World { get; }

        /// <summary>MPI_ERRORS_RETURN.</summary>
        public nint ErrorsReturn { get; }

        /// <summary>MPI_FLOAT.</summary>
        public nint Float { get; }

        /// <summary>MPI_DOUBLE.</summary>
        public nint Double { get; }

        /// <summary>MPI_BYTE.</summary>
        public nint Byte { get; }

        /// <summary>MPI_SUM.</summary>
        public nint Sum { get; }

        /// <summary>Loads the library, or says what is missing.</summary>
        /// <exception cref="MpiException">It is not there, or is no Open MPI.</exception>
        public static Handles Load()
        {
            if (!NativeLibrary.TryLoad(Library, typeof(NativeMpi).Assembly, null, out nint library))
            {
                throw new MpiException($"{Library} (Open MPI) was not found. On Debian and Ubuntu: apt-get install openmpi-bin. Without it, train in one process: leave out the collective.");
            }

            try
            {
                return new Handles(library);
            }
            catch (EntryPointNotFoundException exception)
            {
                throw new MpiException($"{Library} is not Open MPI, whose predefined handles are exported objects. On Debian and Ubuntu: apt-get install openmpi-bin.", exception);
            }
        }
    }
}
