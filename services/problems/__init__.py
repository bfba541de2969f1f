"""Problems: dispatched, rectified, verified, looked at. A class per part somebody plays."""
